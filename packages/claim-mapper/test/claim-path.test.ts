import { type ClaimPathSource, mapClaims } from "@byot/claim-mapper";
import { describe, expect, test } from "vitest";

const keycloak = {
  realm_access: { roles: ["member"] },
  resource_access: { orders: { roles: ["approver"] }, billing: { roles: ["reader"] }, account: {} },
};

function lookUp(claims: Record<string, unknown>, jwtPath: ClaimPathSource) {
  const { attributes, problems } = mapClaims(claims, [{ attribute: "x", jwtPath }]);
  return { value: attributes.get("ext_x"), problem: problems[0] };
}

describe("a path", () => {
  test.each<[string, Record<string, unknown>, ClaimPathSource, unknown]>([
    ["an escaped dot", { acme: { "com.eu": 1 } }, "acme.com\\.eu", 1],
    ["an escaped backslash", { a: { "b\\": 1 } }, "a.b\\\\", 1],
    ["an escaped star", { a: { "*": 1, b: 2 } }, "a.\\*", 1],
    [
      "a name in brackets",
      { realm: { "acme.com": { role: "admin" } } },
      'realm["acme.com"].role',
      "admin",
    ],
    ["a name in brackets at the start", { "a.b": { c: 1 } }, '["a.b"].c', 1],
    ["a bracket in brackets", { a: { "]": 1 } }, 'a["]"]', 1],
    ["a quote in brackets", { a: { 'b"c': 1 } }, 'a["b\\"c"]', 1],
    ["an empty name", { "": { a: 1 } }, '[""].a', 1],
    ["an astral name", { "🦉": { "🦊": 1 } }, "🦉.🦊", 1],
    ["the first element of a list", { roles: ["manager", "member"] }, "roles[0]", "manager"],
    ["a member of an element", { orgs: [{ id: "acme" }] }, "orgs[0].id", "acme"],
    ["an element of an element", { rows: [[1, 2]] }, "rows[0][1]", 2],
    [
      "all elements of a list",
      { orgs: [{ id: "acme" }, { id: "umbrella" }] },
      "orgs.*.id",
      ["acme", "umbrella"],
    ],
    ["all values of an object", { teams: { a: "x", b: "y" } }, "teams.*", ["x", "y"]],
    ["lists below all values, merged", keycloak, "resource_access.*.roles", ["approver", "reader"]],
    ["all of all", { a: { b: [1, 2], c: [3] } }, "a.*.*", [1, 2, 3]],
    ["all values of nothing", { teams: {} }, "teams.*", []],
    ["members of all elements of nothing", { orgs: [] }, "orgs.*.id", []],
    ["a list of names", { "a.b": { "*": { "[0]": 1 } } }, ["a.b", "*", "[0]"], 1],
    [
      "a claim with the name of a prototype",
      JSON.parse('{"a":{"__proto__":{"b":1}}}'),
      "a.__proto__.b",
      1,
    ],
  ])("leads to %s", (...[, claims, jwtPath, value]) => {
    expect(lookUp(claims, jwtPath)).toEqual({ value, problem: undefined });
  });

  test.each<[string, Record<string, unknown>, ClaimPathSource]>([
    ["a name that looks like a path", { "a.*": 1, a: { b: 2 } }, "a.*"],
    ["a name that looks like an index", { "a[0]": 1, a: [2] }, "a[0]"],
  ])("is first of all %s", (_name, claims, jwtPath) => {
    expect(lookUp(claims, jwtPath).value).toBe(1);
  });

  test("that is a list of names is nothing else", () => {
    expect(lookUp({ "a.b": 1 }, ["a", "b"]).problem).toMatchObject({ code: "claim_missing" });
  });

  test.each<
    [string, Record<string, unknown>, ClaimPathSource, readonly string[], readonly string[]]
  >([
    ["an index past the end", { roles: ["manager"] }, "roles[1]", ["roles"], []],
    ["an index of an object", { roles: { 0: "manager" } }, "roles[0]", ["roles"], ["0"]],
    ["a name in a list", { roles: ["manager"] }, "roles.0", ["roles"], []],
    ["a star in a text", { roles: "manager" }, "roles.*", ["roles"], []],
    ["a star in nothing", { a: 1 }, "roles.*", [], ["a"]],
    [
      "a name no branch has",
      { a: { b: { x: 1 }, c: { d: { y: 1 } } } },
      "a.*.d.z",
      ["a", "*", "d"],
      ["y"],
    ],
    ["null in every branch", { a: { b: null } }, "a.*", ["a", "*"], []],
    ["an inherited member of all", { a: ["x"] }, "a.*.length", ["a", "*"], []],
  ])("misses %s", (...[, claims, jwtPath, resolved, presentKeys]) => {
    expect(lookUp(claims, jwtPath)).toMatchObject({
      value: undefined,
      problem: { code: "claim_missing", jwtPath, resolved, presentKeys },
    });
  });

  test("leaves out the branches that lead nowhere when another leads somewhere", () => {
    expect(lookUp({ a: { b: { c: 1 }, d: {}, e: { c: null } } }, "a.*.c").value).toEqual([1]);
  });

  test("to objects through a star is unusable", () => {
    expect(lookUp(keycloak, "resource_access.*").value).toEqual({ invalid: "unsupported_type" });
  });

  test("to more than 256 values through a star is unusable", () => {
    const claims = { a: { b: Array(200).fill("x"), c: Array(57).fill("x") } };

    expect(lookUp(claims, "a.*").value).toEqual({ invalid: "set_too_large" });
  });
});

describe("alternatives", () => {
  const client: ClaimPathSource = { anyOf: ["azp", "client_id"] };

  test("are tried in order", () => {
    expect(lookUp({ client_id: "b", azp: "a" }, client).value).toBe("a");
    expect(lookUp({ client_id: "b" }, client).value).toBe("b");
    expect(lookUp({ client_id: "b", azp: null }, client).value).toBe("b");
  });

  test("end with the first claim there is, usable or not", () => {
    expect(lookUp({ client_id: "b", azp: {} }, client).value).toEqual({
      invalid: "unsupported_type",
    });
  });

  test("tell of the one that came deepest", () => {
    const { problem } = lookUp({ a: { c: 1 } }, { anyOf: ["x.y", "a.b", ["z"]] });

    expect(problem).toMatchObject({
      resolved: ["a"],
      presentKeys: ["c"],
      message: 'claim `x.y | a.b | ["z"]` for attribute `x` is missing',
    });
  });
});
