import {
  attributeSchemaFrom,
  type AttributeSchema,
  type Effect,
  type Finding,
  parsePolicy,
  validatePolicy,
} from "@byot/policy-engine";
import { describe, expect, test } from "vitest";

interface Draft {
  readonly conditions?: readonly unknown[];
  readonly effect?: Effect;
  readonly others?: Readonly<Record<string, unknown>>;
}

function draft({ conditions, effect = "Allow", others = {} }: Draft) {
  const rule = { rule_id: "rule", effect, ...(conditions === undefined ? {} : { conditions }) };
  return { name: "policy", specification: { rules: [rule], ...others } };
}

function said(findings: readonly Finding[]): string[] {
  return findings.map(({ severity, code, path }) => `${severity} ${code} ${path}`);
}

function about(condition: unknown, effect: Effect = "Allow", schema?: AttributeSchema): string[] {
  const base = "/specification/rules/0/conditions/0";
  const document = draft({ conditions: [condition], effect });
  return said(validatePolicy(document, schema))
    .filter((line) => !line.includes("POLICY_NEVER_ALLOWS"))
    .map((line) => line.replace(base, ""));
}

const isPremium = { function: "string_equal", attribute: "ext_plan", value: "premium" };
const amount = { attribute: "request_metadata", metadata_key: "amount" };

describe("a policy", () => {
  test("that is sound has nothing said about it", () => {
    expect(validatePolicy(draft({ conditions: [isPremium] }))).toEqual([]);
  });

  test("that cannot be read has its problems as errors", () => {
    expect(
      validatePolicy(draft({ conditions: [{ ...isPremium, function: "string_eqal" }] })),
    ).toEqual([
      {
        severity: "error",
        code: "UNKNOWN_FUNCTION",
        path: "/specification/rules/0/conditions/0/function",
        message: "unknown function `string_eqal`",
        suggestion: "string_equal",
      },
    ]);
    expect(said(validatePolicy("policy"))).toEqual(["error PROPERTY_TYPE "]);
  });

  test.each<[string, Draft, string[]]>([
    ["allows whatever is asked", {}, ["warning RULE_UNCONDITIONAL_ALLOW /specification/rules/0"]],
    [
      "allows by default",
      { conditions: [isPremium], others: { default: { effect: "Allow" } } },
      ["warning DEFAULT_ALLOW /specification/default"],
    ],
    [
      "never allows",
      { conditions: [isPremium], effect: "Deny" },
      ["warning POLICY_NEVER_ALLOWS /specification"],
    ],
    [
      "says nothing twice",
      {
        others: {
          rules: [
            { rule_id: "a", effect: "Allow", conditions: [isPremium] },
            { rule_id: "b", effect: "Allow", conditions: [isPremium], description: "again" },
          ],
        },
      },
      ["warning RULE_REDUNDANT /specification/rules/1"],
    ],
    [
      "asks for more and for less at once",
      {
        conditions: [
          { ...amount, function: "integer_greater_than", value: 10 },
          {
            function: "all_of",
            conditions: [{ ...amount, function: "integer_less_than", value: 5 }],
          },
        ],
      },
      [
        "warning RULE_NEVER_APPLIES /specification/rules/0",
        "info CALLER_SUPPLIED /specification/rules/0/conditions/0/attribute",
        "info CALLER_SUPPLIED /specification/rules/0/conditions/1/conditions/0/attribute",
      ],
    ],
    [
      "asks in its target for what its rule excludes",
      {
        conditions: [{ ...isPremium, function: "string_not_in", value: ["premium", "gold"] }],
        others: { target: [isPremium] },
      },
      ["warning RULE_NEVER_APPLIES /specification/rules/0"],
    ],
    [
      "is true of a missing attribute alone",
      {
        conditions: [
          { ...isPremium, on_missing: "true" },
          { ...isPremium, value: "free", on_missing: "true" },
        ],
      },
      [
        "info DEPENDS_ON_ABSENCE /specification/rules/0/conditions/0",
        "info DEPENDS_ON_ABSENCE /specification/rules/0/conditions/1",
      ],
    ],
    [
      "reads an attribute at two types",
      {
        conditions: [
          isPremium,
          { function: "date_equal", attribute: "ext_plan", value: "2026-01-01" },
        ],
      },
      ["error TYPE_MISMATCH /specification/rules/0/conditions/1/attribute"],
    ],
    [
      "reads an attribute alone and as a set",
      { conditions: [isPremium, { ...isPremium, function: "string_set_contains" }] },
      [],
    ],
  ])("that %s is told so", (_name, parts, findings) => {
    expect(said(validatePolicy(draft(parts)))).toEqual(findings);
  });
});

describe("contradictions", () => {
  test.each<[[string, unknown][], boolean]>([
    [
      [
        ["integer_greater_than", 5],
        ["integer_less_than", 5],
      ],
      true,
    ],
    [
      [
        ["integer_greater_equal", 5],
        ["integer_less_equal", 5],
      ],
      false,
    ],
    [
      [
        ["integer_greater_equal", 5],
        ["integer_less_than", 5],
      ],
      true,
    ],
    [
      [
        ["integer_between", [1, 3]],
        ["integer_between", [4, 6]],
      ],
      true,
    ],
    [
      [
        ["integer_between", [1, 4]],
        ["integer_between", [4, 6]],
      ],
      false,
    ],
    [
      [
        ["integer_equal", 5],
        ["integer_equal", "5"],
      ],
      false,
    ],
    [
      [
        ["integer_equal", "9007199254740993"],
        ["integer_less_than", 5],
      ],
      true,
    ],
    [
      [
        ["integer_in", [1, 2]],
        ["integer_in", [2, 3]],
        ["integer_not_equal", 2],
      ],
      true,
    ],
    [
      [
        ["integer_in", [1, 2]],
        ["integer_greater_than", 1],
      ],
      false,
    ],
    [
      [
        ["boolean_equal", true],
        ["boolean_equal", false],
      ],
      true,
    ],
    [
      [
        ["boolean_equal", true],
        ["boolean_not_equal", false],
      ],
      false,
    ],
    [
      [
        ["email_equal", "a@b.org"],
        ["email_equal", "a@B.org"],
      ],
      false,
    ],
    [
      [
        ["string_greater_than", "\u{1F600}"],
        ["string_less_than", "\uFF5E"],
      ],
      true,
    ],
    [
      [
        ["datetime_equal", "2026-01-01T00:00:00Z"],
        ["datetime_equal", "2026-01-01T01:00:00+01:00"],
      ],
      false,
    ],
  ])("%j: %s", (parts, clash) => {
    const conditions = parts.map(([name, value]) => ({
      function: name,
      attribute: "ext_x",
      value,
    }));
    const codes = validatePolicy(draft({ conditions })).map(({ code }) => code);

    expect(codes).toEqual(clash ? ["RULE_NEVER_APPLIES"] : []);
  });
});

describe("a condition", () => {
  test.each<[string, unknown, string[]]>([
    [
      "is written with an alias",
      { ...isPremium, function: "string_is_in", value: ["a"] },
      ["info ALIAS /function"],
    ],
    [
      "never holds",
      { ...isPremium, function: "string_in", value: [] },
      ["warning RULE_NEVER_APPLIES /specification/rules/0", "warning CONDITION_NEVER_TRUE /value"],
    ],
    [
      "is an empty group",
      { function: "any_of", conditions: [] },
      ["warning CONDITION_NEVER_TRUE "],
    ],
    [
      "is always true",
      { function: "at_least", n: 0, conditions: [isPremium] },
      ["warning CONDITION_ALWAYS_TRUE "],
    ],
    [
      "needs too many",
      { function: "at_least", n: 2, conditions: [isPremium] },
      ["warning CONDITION_NEVER_TRUE "],
    ],
    [
      "searches",
      { ...isPremium, function: "string_regexp_match", value: "premium" },
      ["warning REGEX_UNANCHORED /value"],
    ],
    [
      "ties one alternative",
      { ...isPremium, function: "string_regexp_match", value: "^a|b$" },
      ["warning REGEX_UNANCHORED /value"],
    ],
    [
      "ties both alternatives",
      { ...isPremium, function: "string_regexp_match", value: "^(?:a|b)[|]$" },
      [],
    ],
    [
      "matches longer names",
      { ...isPremium, function: "string_like", value: "refs/heads/main*" },
      ["warning LIKE_PREFIX_COLLISION /value"],
    ],
    ["matches below a slash", { ...isPremium, function: "string_like", value: "refs/heads/*" }, []],
    [
      "has host bits",
      { function: "ip_in_cidr", attribute: "ip_address", value: "10.1.2.3/8" },
      ["warning CIDR_HOST_BITS /value"],
    ],
    [
      "has no zone",
      { function: "day_of_week_in", attribute: "current_time", value: ["monday"] },
      ["warning TIME_ZONE_DEFAULTED "],
    ],
    [
      "has a zone",
      {
        function: "day_of_week_in",
        attribute: "current_time",
        value: ["monday"],
        time_zone: "UTC",
      },
      [],
    ],
    [
      "has a window without a zone",
      {
        function: "schedule_match",
        attribute: "current_time",
        value: [{ from: "09:00", to: "17:00" }],
      },
      ["warning TIME_ZONE_DEFAULTED /value/0"],
    ],
    ["mixes scripts", { ...isPremium, value: "prеmium" }, ["warning MIXED_SCRIPT /value"]],
    ["turns its direction", { ...isPremium, value: "a\u202Eb" }, ["warning BIDI_CONTROL /value"]],
    ["is not normal", { ...isPremium, value: "e\u0301" }, ["warning NOT_NFC /value"]],
    [
      "reads an unknown attribute",
      { ...isPremium, attribute: "resourse" },
      ["warning UNKNOWN_ATTRIBUTE /attribute"],
    ],
    [
      "allows for nothing",
      { ...isPremium, quantifier: "all", on_empty: "true" },
      ["warning VACUOUS_ALL_IN_ALLOW /on_empty"],
    ],
    [
      "depends on absence",
      { function: "attribute_not_exists", attribute: "ext_plan" },
      ["info DEPENDS_ON_ABSENCE "],
    ],
  ])("that %s is told so", (_name, condition, findings) => {
    expect(about(condition)).toEqual(findings);
  });
});

describe("a schema", () => {
  const schema = attributeSchemaFrom(
    [
      { attribute: "plan", type: "string", required: true },
      { attribute: "suspended", type: "boolean" },
      { attribute: "groups", type: "string_set" },
      { attribute: "signed_in", type: "numeric_date" },
      { attribute: "odd", type: "string" },
    ],
    [
      { attribute: "plan", type: "string", required: true },
      { attribute: "odd", type: "integer" },
    ],
  );

  test("comes from what providers map", () => {
    expect(schema.get("ext_plan")).toEqual({ type: "string", required: true, origin: "token" });
    expect(schema.get("ext_suspended")).toEqual({
      type: "boolean",
      required: false,
      origin: "token",
    });
    expect(schema.get("ext_odd")).toEqual({ required: false, origin: "token" });
    expect(schema.get("current_time")).toMatchObject({ type: "datetime", origin: "server" });
    expect(schema.has("plan")).toBe(false);
  });

  test.each<[string, unknown, Effect, string[]]>([
    [
      "what no provider maps",
      { ...isPremium, attribute: "ext_plans" },
      "Allow",
      ["warning UNKNOWN_ATTRIBUTE /attribute"],
    ],
    [
      "what no provider maps, in value_from",
      { function: "string_equal", attribute: "ext_plan", value_from: { attribute: "ext_y" } },
      "Allow",
      ["warning UNKNOWN_ATTRIBUTE /value_from/attribute"],
    ],
    [
      "a boolean as a text",
      { ...isPremium, attribute: "ext_suspended" },
      "Allow",
      ["error TYPE_MISMATCH /attribute"],
    ],
    [
      "a set as a text",
      { ...isPremium, attribute: "ext_groups" },
      "Allow",
      ["error CARDINALITY /attribute"],
    ],
    [
      "a set with a quantifier",
      { ...isPremium, attribute: "ext_groups", quantifier: "any" },
      "Allow",
      [],
    ],
    [
      "seconds as a date-time",
      { function: "datetime_less_than", attribute: "ext_signed_in", value: "2026-01-01T00:00:00Z" },
      "Allow",
      [],
    ],
    ["what types disagree on", { ...isPremium, attribute: "ext_odd" }, "Allow", []],
    [
      "what may be missing, to deny",
      { function: "boolean_equal", attribute: "ext_suspended", value: true },
      "Deny",
      ["warning DENY_ON_OPTIONAL_ATTRIBUTE "],
    ],
    [
      "what may be missing, and says so",
      { function: "boolean_equal", attribute: "ext_suspended", value: true, on_missing: "false" },
      "Deny",
      ["info DEPENDS_ON_ABSENCE "],
    ],
    ["what is never missing, to deny", isPremium, "Deny", []],
  ])("finds that a condition reads %s", (...[, condition, effect, findings]) => {
    expect(about(condition, effect, schema)).toEqual(findings);
  });

  test("names the attribute that was meant", () => {
    const [finding] = validatePolicy(
      draft({ conditions: [{ ...isPremium, attribute: "ext_plam" }] }),
      schema,
    );

    expect(finding?.suggestion).toBe("ext_plan");
  });

  test("may say which values there are", () => {
    const withValues: AttributeSchema = new Map([
      ["ext_plan", { type: "string", enum: ["free", "premium"], origin: "token" }],
    ]);
    const isGold = { ...isPremium, function: "string_in", value: ["premium", "gold"] };

    expect(about(isGold, "Allow", withValues)).toEqual(["warning VALUE_OUTSIDE_ENUM /value"]);
  });
});

describe("standard attributes", () => {
  test.each([
    [{ function: "string_equal", attribute: "current_time", value: "a" }, "TYPE_MISMATCH"],
    [{ function: "boolean_equal", attribute: "resource", value: true }, "TYPE_MISMATCH"],
    [{ function: "string_like", attribute: "ip_address", value: "10.*" }, "TYPE_MISMATCH"],
    [{ function: "string_equal", attribute: "external_audience", value: "a" }, "CARDINALITY"],
    [
      { function: "integer_equal", attribute: "ext_x", value_from: { attribute: "action" } },
      "TYPE_MISMATCH",
    ],
  ])("%j is refused: %s", (condition, code) => {
    expect(parsePolicy(draft({ conditions: [condition] }))).toMatchObject({
      ok: false,
      error: [{ code }],
    });
  });

  test.each([
    { function: "date_equal", attribute: "current_time", value: "2026-01-01" },
    { function: "time_less_than", attribute: "current_time", value: "12:00" },
    { function: "string_set_contains", attribute: "external_audience", value: "a" },
    { function: "string_set_contains", attribute: "action", value: "a" },
    { function: "email_match", attribute: "ext_email", value_from: { attribute: "resource" } },
    { function: "set_size_equal", attribute: "external_audience", value: 1 },
  ])("%j is accepted", (condition) => {
    expect(parsePolicy(draft({ conditions: [condition] })).ok).toBe(true);
  });
});

test("a large document takes no time that grows faster than it", () => {
  const conditions = Array.from({ length: 1_000 }, (_, index) => ({
    function: "string_not_in",
    attribute: "ext_x",
    value: Array.from({ length: 200 }, (_each, value) => `${index}-${value}`),
  }));

  expect(validatePolicy(draft({ conditions }))).toEqual([]);
});
