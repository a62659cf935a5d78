import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decision } from "./support/readme-example.js";

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}

test("the README shows an example that runs", () => {
  const [, example] = /```ts\n(.*?)```/s.exec(read("../README.md")) ?? [];

  expect(example).toBe(read("support/readme-example.ts"));
  expect(decision).toMatchObject({
    allowed: true,
    decision: "Allow",
    reason: "allowed_by_rule",
    determining: [{ ruleId: "premium-allow" }],
  });
});
