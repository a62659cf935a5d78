import { readFileSync } from "node:fs";
import { presets } from "@byot/provider-presets";
import { expect, test } from "vitest";
import { attributes, problem } from "./support/readme-example.js";

function read(path: string): string {
  return readFileSync(new URL(path, import.meta.url), "utf8");
}

test("the README shows an example that runs", () => {
  const [, example] = /```ts\n(.*?)```/s.exec(read("../README.md")) ?? [];

  expect(example).toBe(read("support/readme-example.ts"));
  expect(problem).toMatchObject({
    code: "slash_required",
    correction: "https://acme.eu.auth0.com/",
  });
  expect(Object.fromEntries(attributes)).toEqual({
    ext_permissions: ["read:orders"],
    ext_roles: ["manager"],
  });
});

test("the README names every preset and how its issuers are spelt", () => {
  const readme = read("../README.md");
  const rows = presets.map(
    ({ providerType, issuer }) => `\`${providerType}\` | \`${issuer.example}\``,
  );
  const table = readme.replaceAll(/ +\|/g, " |");

  expect(rows.filter((row) => !table.includes(row))).toEqual([]);
});
