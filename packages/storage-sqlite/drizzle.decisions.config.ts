import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: "./src/decisions-schema.ts",
  out: "./migrations/decisions",
});
