import { existsSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { defineConfig } from "vitest/config";

const folders = ["packages", "apps"].flatMap((parent) =>
  readdirSync(parent).map((name) => `${parent}/${name}`),
);

export default defineConfig({
  // Tests run on the sources: the condition is on `ssr`, because `resolve.conditions` does not reach node tests. Without
  // vite's own `module`, under which packages keep what bundlers can read and Node cannot.
  ssr: { resolve: { conditions: ["@byot/source", "node", "development|production"] } },
  test: {
    coverage: { provider: "v8", include: ["packages/*/src/**/*.ts", "apps/*/src/**/*.ts"] },
    // oidc-provider warns of Node 20 when it is loaded; everything else is shown.
    onConsoleLog: (log) => !log.includes("Unsupported runtime. Use Node.js"),
    // Bounds against hanging, not measurements: the machine may be busy with other things.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: folders
      .filter((folder) => existsSync(`${folder}/test`))
      .map((folder) => ({
        // Without `extends` a project would not know the condition above.
        extends: true,
        test: { name: `@byot/${basename(folder)}`, root: folder, include: ["test/**/*.test.ts"] },
      })),
  },
});
