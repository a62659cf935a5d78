import { claimMappingSchema, claimMappingsSchema } from "@byot/claim-mapper";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const plan = { attribute: "plan", jwtPath: "metadata.plan" };

const nine = "abcdefghi".split("");

function firstProblem(schema: z.ZodType, json: unknown) {
  const issue = schema.safeParse(json).error?.issues[0];
  return issue === undefined ? undefined : { path: issue.path, message: issue.message };
}

function mappings(count: number) {
  return Array.from({ length: count }, (_, n) => ({ attribute: `a${n}`, jwtPath: `a${n}` }));
}

describe("a mapping", () => {
  test.each([
    ["attribute and path alone", plan],
    ["a required claim", { ...plan, required: true }],
    ["a default text", { ...plan, required: false, default: "free" }],
    ["a default set", { ...plan, default: ["member"] }],
    ["a namespaced path", { ...plan, jwtPath: "https://acme.com/roles" }],
    ["eight names", { ...plan, jwtPath: "a.b.c.d.e.f.g.h" }],
    ["a wildcard", { ...plan, jwtPath: "resource_access.*.roles" }],
    ["a wildcard at the end", { ...plan, jwtPath: "roles.*" }],
    ["an index", { ...plan, jwtPath: "roles[0]" }],
    ["an index of an index", { ...plan, jwtPath: "roles[0][1].name" }],
    ["an escaped dot", { ...plan, jwtPath: "acme\\.com.roles" }],
    ["an escaped star", { ...plan, jwtPath: "\\*" }],
    ["a name in brackets", { ...plan, jwtPath: 'realm["acme.com"].roles' }],
    ["a name with a quote in brackets", { ...plan, jwtPath: '["a\\"b"]' }],
    ["an empty name in brackets", { ...plan, jwtPath: '[""]' }],
    ["a list of names", { ...plan, jwtPath: ["https://acme.com/roles", "*"] }],
    ["a list with an empty name", { ...plan, jwtPath: [""] }],
    ["alternatives", { ...plan, jwtPath: { anyOf: ["azp", ["client_id"]] } }],
    ["a type", { ...plan, type: "string_set" }],
    ["every transform", { ...plan, transforms: ["trim", "nfc", "split: ", "strip_prefix:org:"] }],
    ["a default of its type", { ...plan, type: "numeric_date", default: 0 }],
    ["digits as default integer", { ...plan, type: "integer", default: "9007199254740993" }],
    ["a scalar default of a set", { ...plan, type: "string_set", default: "member" }],
  ])("is accepted with %s", (_name, mapping) => {
    expect(claimMappingSchema.parse(mapping)).toEqual(mapping);
  });

  test.each([
    ["an unknown property", { ...plan, requird: true }, []],
    ["an upper-case attribute", { ...plan, attribute: "Plan" }, ["attribute"]],
    ["an attribute of 64 characters", { ...plan, attribute: "a".repeat(64) }, ["attribute"]],
    ["no path", { attribute: "plan" }, ["jwtPath"]],
    ["an empty path", { ...plan, jwtPath: "" }, ["jwtPath"]],
    ["a path of 257 characters", { ...plan, jwtPath: "a".repeat(257) }, ["jwtPath"]],
    ["nine names", { ...plan, jwtPath: "a.b.c.d.e.f.g.h.i" }, ["jwtPath"]],
    ["an empty name", { ...plan, jwtPath: "metadata..plan" }, ["jwtPath"]],
    ["a NUL", { ...plan, jwtPath: "plan\0" }, ["jwtPath"]],
    ["half a surrogate pair", { ...plan, jwtPath: ["\ud83d"] }, ["jwtPath"]],
    ["a path of another kind", { ...plan, jwtPath: 1 }, ["jwtPath"]],
    ["no names", { ...plan, jwtPath: [] }, ["jwtPath"]],
    ["nine listed names", { ...plan, jwtPath: nine }, ["jwtPath"]],
    ["no alternatives", { ...plan, jwtPath: { anyOf: [] } }, ["jwtPath", "anyOf"]],
    ["nine alternatives", { ...plan, jwtPath: { anyOf: nine } }, ["jwtPath"]],
    [
      "a faulty alternative",
      { ...plan, jwtPath: { anyOf: ["a", "a..b"] } },
      ["jwtPath", "anyOf", 1],
    ],
    ["an unknown type", { ...plan, type: "date" }, ["type"]],
    ["an unknown transform", { ...plan, transforms: ["trim", "reverse"] }, ["transforms", 1]],
    ["a split without a separator", { ...plan, transforms: ["split:"] }, ["transforms", 0]],
    ["nine transforms", { ...plan, transforms: Array(9).fill("trim") }, ["transforms"]],
    ["a default of another type", { ...plan, type: "boolean", default: "true" }, ["default"]],
    ["a leading zero as default", { ...plan, type: "integer", default: "007" }, ["default"]],
    ["an object as default", { ...plan, default: {} }, ["default"]],
    ["a mixed default", { ...plan, default: ["a", 1] }, ["default"]],
    ["a default over its limit", { ...plan, default: "x".repeat(1_025) }, ["default"]],
    ["a rounded default", { ...plan, default: 2 ** 53 }, ["default"]],
    ["a default of a required claim", { ...plan, required: true, default: "free" }, ["default"]],
  ])("is refused with %s", (_name, mapping, path) => {
    expect(firstProblem(claimMappingSchema, mapping)?.path).toEqual(path);
  });

  test.each([
    [
      "metadata..plan",
      'has an empty name; write `[""]` for a claim that has one (at character 10)',
    ],
    ["metadata.", 'has an empty name; write `[""]` for a claim that has one (at character 10)'],
    [".plan", 'has an empty name; write `[""]` for a claim that has one (at character 1)'],
    [
      "metadata.plan*",
      "has a `*` that is part of a name; `*` stands alone between dots, and `\\*` is a plain star (at character 14)",
    ],
    [
      "metadata.*plan",
      "has a `*` that is part of a name; `*` stands alone between dots, and `\\*` is a plain star (at character 10)",
    ],
    [
      "roles[]",
      'has a bracket that is neither `[0]` nor `["name"]`; `\\[` is a plain bracket (at character 6)',
    ],
    [
      "roles[01]",
      'has a bracket that is neither `[0]` nor `["name"]`; `\\[` is a plain bracket (at character 6)',
    ],
    [
      "roles.[0]",
      'has a bracket that is neither `[0]` nor `["name"]`; `\\[` is a plain bracket (at character 7)',
    ],
    ["roles]", "has a `]` without its `[`; `\\]` is a plain bracket (at character 6)"],
    [
      "metadata\\plan",
      "has a `\\` before something other than `.`, `[`, `]`, `*` or `\\` (at character 9)",
    ],
    ["roles[0]name", "lacks a dot after a bracket (at character 9)"],
    ["a.b.c.d.e.f.g.h.i", "must have at most 8 segments"],
  ])("tells what is wrong in the path %s", (jwtPath, message) => {
    expect(firstProblem(claimMappingSchema, { ...plan, jwtPath })?.message).toBe(message);
  });

  test("has a JSON schema", () => {
    expect(z.toJSONSchema(claimMappingsSchema, { io: "input" })).toMatchObject({
      type: "array",
      maxItems: 64,
      items: { type: "object", required: ["attribute", "jwtPath"], additionalProperties: false },
    });
  });
});

describe("the mappings of an issuer", () => {
  test("may be none, and 64", () => {
    expect(claimMappingsSchema.parse([])).toEqual([]);
    expect(claimMappingsSchema.parse(mappings(64))).toHaveLength(64);
  });

  test("are refused when there are 65", () => {
    expect(firstProblem(claimMappingsSchema, mappings(65))?.message).toBe(
      "must be at most 64 mappings",
    );
  });

  test("are refused when two give the same attribute", () => {
    const twice = [plan, { attribute: "role", jwtPath: "role" }, { ...plan, jwtPath: "plan" }];

    expect(firstProblem(claimMappingsSchema, twice)).toEqual({
      path: [2, "attribute"],
      message: "attribute `plan` is mapped twice",
    });
  });
});
