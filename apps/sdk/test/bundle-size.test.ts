import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { Metafile } from "esbuild";
import { describe, expect, test } from "vitest";

const longestCheckPath = 5_000;

/** Bundles a program as an edge function would be bundled. */
async function bundle(
  program: string,
): Promise<{ readonly bytes: number; readonly parts: string }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    conditions: ["@byot/source"],
  });
  return {
    bytes: gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length,
    parts: partsOf(metafile),
  };
}

function partsOf({ outputs }: Metafile): string {
  return Object.values(outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path)
    .join("\n");
}

describe("a bundle", () => {
  test("that only checks is less than 5 kB, and holds nothing of the other APIs", async () => {
    const { bytes, parts } = await bundle('export * from "@byot/sdk/check";');

    expect(bytes).toBeLessThan(longestCheckPath);
    expect(parts).toContain("src/check-client.ts");
    expect(parts).not.toMatch(/src\/(?:api|guard)\//);
  });

  test.each(["express", "fastify", "hono", "next"])(
    "with the middleware for %s holds neither the framework nor the other APIs",
    async (framework) => {
      const { parts } = await bundle(`export * from "@byot/sdk/${framework}";`);

      expect(parts).toContain(`src/${framework}.ts`);
      expect(parts).not.toMatch(/src\/api\/|node_modules/);
    },
  );

  test("that only looks at errors holds no client", async () => {
    const { parts } = await bundle(
      'import { TokenRefusedError } from "@byot/sdk"; console.log(TokenRefusedError);',
    );

    expect(parts).not.toMatch(/src\/(?:api|guard|transport|decisions)\/|client/);
  });

  test("of everything has no part that is not this package's", async () => {
    const { parts } = await bundle('export * from "@byot/sdk";');

    expect(parts).toContain("src/api/audit.ts");
    expect(parts).not.toMatch(/node_modules/);
  });
});
