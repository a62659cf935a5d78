import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: "./src/configuration-schema.ts",
  out: "./migrations/configuration",
});
