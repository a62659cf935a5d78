import { defineConfig } from "vitest/config";

export default defineConfig({
  // Tests run on the sources: the condition is on `ssr`, because `resolve.conditions` does not reach node tests.
  ssr: { resolve: { conditions: ["@byot/source", "module", "node", "development|production"] } },
  test: {
    coverage: { provider: "v8", include: ["packages/*/src/**/*.ts", "apps/*/src/**/*.ts"] },
    projects: ["packages/*", "apps/*"],
  },
});
