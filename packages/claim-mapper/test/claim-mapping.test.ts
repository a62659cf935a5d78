import { claimMappingSchema, claimMappingsSchema } from "@byot/claim-mapper";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const plan = { attribute: "plan", jwtPath: "metadata.plan" };

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
    ["a wildcard", { ...plan, jwtPath: "resource_access.*.roles" }, ["jwtPath"]],
    ["an index", { ...plan, jwtPath: "roles[0]" }, ["jwtPath"]],
    ["an escape", { ...plan, jwtPath: "a\\.b" }, ["jwtPath"]],
    ["a NUL", { ...plan, jwtPath: "plan\0" }, ["jwtPath"]],
    ["an object as default", { ...plan, default: {} }, ["default"]],
    ["a mixed default", { ...plan, default: ["a", 1] }, ["default"]],
    ["a default over its limit", { ...plan, default: "x".repeat(1_025) }, ["default"]],
    ["a rounded default", { ...plan, default: 2 ** 53 }, ["default"]],
    ["a default of a required claim", { ...plan, required: true, default: "free" }, ["default"]],
  ])("is refused with %s", (_name, mapping, path) => {
    expect(firstProblem(claimMappingSchema, mapping)?.path).toEqual(path);
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
