import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: ["./src/decisions/decisions-schema.ts", "./src/decisions/chain-schema.ts"],
  out: "./migrations/decisions",
});
