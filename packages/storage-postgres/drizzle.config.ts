import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: ["./src/configuration-schema.ts", "./src/decisions/*-schema.ts"],
  out: "./migrations",
});
