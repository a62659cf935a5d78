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
  const { mistakes, problem, resource, route } = await import("./readme-example.js");

  expect(route).toEqual({
    method: "post",
    path: "/v1/workspaces/:workspace/resources",
    access: "config:write",
    bodyLimitBytes: 65_536,
  });
  expect(resource).toEqual({ name: "orders", actions: ["read", "approve"], category: "custom" });
  expect(mistakes).toEqual(['Unrecognized key: "categroy"']);
  expect(problem).toMatchObject({ status: 400, title: "Invalid request" });
});

test("the README has at most 120 lines", async () => {
  expect((await readText("../README.md")).trimEnd().split("\n").length).toBeLessThanOrEqual(120);
});
