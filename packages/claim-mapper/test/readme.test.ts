import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { attributes, problems } from "./support/readme-example.js";

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}

test("the README shows an example that runs", () => {
  const [, example] = /```ts\n(.*?)```/s.exec(read("../README.md")) ?? [];

  expect(example).toBe(read("support/readme-example.ts"));
  expect(Object.fromEntries(attributes)).toEqual({
    ext_plan: "premium",
    ext_roles: ["manager"],
    ext_client_roles: ["approver", "reader"],
    ext_scopes: ["orders:read", "orders:approve"],
    ext_region: "eu",
  });
  expect(problems).toMatchObject([
    { code: "claim_missing", attribute: "team", resolved: ["metadata"], presentKeys: ["plan"] },
  ]);
});
