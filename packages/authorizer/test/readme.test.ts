import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

async function readText(path: string): Promise<string> {
  return readFile(new URL(path, import.meta.url), "utf8");
}

test("the example of the README is the one that is tested", async () => {
  const [, quoted] = /```ts\n(.*?)```/s.exec(await readText("../README.md")) ?? [];

  expect(quoted).toBe(await readText("readme-example.ts"));
});

test("the example of the README says what comes out", async () => {
  const { checked, log, mayRead } = await import("./readme-example.js");

  expect(mayRead).toBe(true);
  expect(checked).toMatchObject({ ok: true, value: { reason: "allowed_by_rule", revision: 7 } });
  expect(log).toMatchObject([
    { resource: "reports", decision: "Allow", personal: { subject: "ada" } },
  ]);
});

test("the README has at most 120 lines", async () => {
  expect((await readText("../README.md")).trimEnd().split("\n").length).toBeLessThanOrEqual(120);
});
