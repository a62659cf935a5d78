import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const importOf = /(?:from|import)\s+"([^"]+)"/g;

/** Everything that a module and what it imports take from outside the package. */
async function outsideOf(entry: URL, seen = new Set<string>()): Promise<ReadonlySet<string>> {
  const outside = new Set<string>();
  if (seen.has(entry.href)) {
    return outside;
  }
  seen.add(entry.href);
  const source = await readFile(entry, "utf8");
  for (const [, name = ""] of source.matchAll(importOf)) {
    const found = name.startsWith(".")
      ? await outsideOf(new URL(name.replace(/\.js$/, ".ts"), entry), seen)
      : [name];
    for (const each of found) {
      outside.add(each);
    }
  }
  return outside;
}

test.each([
  ["index.ts", ["jose"]],
  ["testing.ts", ["jose"]],
])("%s needs jose and nothing of Node", async (entry, expected) => {
  const outside = await outsideOf(new URL(`../src/${entry}`, import.meta.url));

  expect([...outside].toSorted()).toEqual(expected);
});

test("the entry for Node exports these values and no others", async () => {
  expect(Object.keys(await import("@byot/token-verifier/node")).toSorted()).toEqual([
    "createNodeFetcher",
    "createVerifiedTokenCache",
    "nodeSignatures",
  ]);
});

test("the entry for testing exports these values and no others", async () => {
  expect(Object.keys(await import("@byot/token-verifier/testing")).toSorted()).toEqual([
    "parseJws",
    "signatureKeysOf",
    "verifySignature",
  ]);
});
