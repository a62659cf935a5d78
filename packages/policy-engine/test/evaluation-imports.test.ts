import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

/** Files that are needed at run time to evaluate, followed through their imports of values. */
function runtimeModules(file: URL, seen = new Map<string, string[]>()): Map<string, string[]> {
  if (seen.has(file.href)) {
    return seen;
  }
  const source = readFileSync(file, "utf8");
  const imports = Array.from(
    source.matchAll(/^(?:import|export) (?!type )[^;]*? from "([^"]+)";/gms),
    ([, specifier = ""]) => specifier,
  );
  seen.set(file.href, imports);
  for (const specifier of imports.filter((name) => name.startsWith("."))) {
    runtimeModules(new URL(specifier.replace(/\.js$/, ".ts"), file), seen);
  }
  return seen;
}

describe("evaluation", () => {
  const modules = runtimeModules(new URL("../src/evaluation/compile-policies.ts", import.meta.url));

  test("is made of more than one module", () => {
    expect(modules.size).toBeGreaterThan(10);
  });

  test("imports no package but the one that matches patterns, and that in one place", () => {
    const packages = [...modules].flatMap(([file, imports]) =>
      imports
        .filter((name) => !name.startsWith("."))
        .map((name) => `${file.split("/").at(-1)}: ${name}`),
    );

    expect(packages).toEqual(["regular-expression.ts: re2js"]);
  });

  test("imports nothing of reading documents", () => {
    expect([...modules.keys()].filter((name) => name.includes("/document/"))).toEqual([]);
  });
});
