import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

async function readText(path: string): Promise<string> {
  return readFile(new URL(path, import.meta.url), "utf8");
}

test("the README of the conformance suite quotes how this adapter proves itself", async () => {
  const readme = await readText("../../storage-conformance/README.md");
  const [, quoted] = /```ts\n(.*?)```/s.exec(readme) ?? [];

  expect(quoted).toBe(await readText("sqlite-conformance.test.ts"));
});
