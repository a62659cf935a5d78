import { isScope, scopeMeanings, scopes } from "@byot/api-contract";
import { expect, test } from "vitest";

test("the scopes are these", () => {
  expect(scopes).toEqual([
    "workspaces:read",
    "workspaces:write",
    "config:read",
    "config:write",
    "keys:read",
    "keys:write",
    "audit:read",
    "audit:write",
    "decisions:explain",
    "decisions:subject",
    "decisions:client_ip",
  ]);
});

test.each(Object.entries(scopeMeanings))(
  "`%s` is a scope with a meaning in one sentence",
  (scope, meaning) => {
    expect(isScope(scope)).toBe(true);
    expect(meaning).toMatch(/^[A-Z].*[^.]\.$/);
  },
);

test.each(["", "*", "config", "config:*", "CONFIG:READ", "constructor", "__proto__"])(
  "`%s` is no scope",
  (text) => {
    expect(isScope(text)).toBe(false);
  },
);
