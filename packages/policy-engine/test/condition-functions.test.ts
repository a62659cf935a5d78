import {
  type Condition,
  conditionFunctions,
  type LeafFunctionName,
  parsePolicy,
} from "@byot/policy-engine";
import { describe, expect, test } from "vitest";
import { decide, parsed, policy, truthOf } from "./support/decide.js";

function firstCondition(name: string): unknown {
  const example = conditionFunctions.find((each) => [each.name, ...each.aliases].includes(name));
  const json = {
    name: "policy",
    specification: {
      rules: [
        {
          rule_id: "rule",
          effect: "Allow",
          conditions: [{ ...example?.example.condition, function: name }],
        },
      ],
    },
  };
  return parsed(json).specification.rules[0]?.conditions?.[0]?.function;
}

describe.each(conditionFunctions)("$name", ({ name, aliases, summary, example }) => {
  test("can be written, under its name and its aliases", () => {
    expect([name, ...aliases].map(firstCondition)).toEqual([name, ...aliases].map(() => name));
  });

  test("has an example that uses it, true for one request and false for another", () => {
    expect(example.condition.function).toBe(name);
    expect(truthOf(example.condition, example.trueFor)).toBe("T");
    expect(truthOf(example.condition, example.falseFor)).toBe("F");
  });

  test("is explained in one sentence", () => {
    expect(summary).toMatch(/^True when [^.]+\.$/);
  });
});

const text = (value: string): Condition => ({
  function: "string_equal",
  attribute: "ext_x",
  value,
});

const integer = (name: LeafFunctionName, value: number | string): Condition => ({
  function: name,
  attribute: "ext_x",
  value,
});

const contains = (value: string): Condition => ({
  function: "string_set_contains",
  attribute: "ext_x",
  value,
});

const isOne = integer("integer_equal", 1);

describe("types", () => {
  test.each<[string, Condition, unknown, "T" | "F" | "E"]>([
    ["a text is compared without normalisation", text("é"), "e\u0301", "F"],
    ["an empty text is a text", text(""), "", "T"],
    ["a number is not a text", text("1"), 1, "E"],
    ["an array of one is not a text", text("a"), ["a"], "E"],
    ["a fraction without a rest is an integer", isOne, 1, "T"],
    ["minus zero is zero", integer("integer_equal", 0), -0, "T"],
    ["digits are an integer", isOne, "1", "T"],
    ["negative digits are an integer", integer("integer_equal", -1), "-1", "T"],
    ["a bigint is an integer", isOne, 1n, "T"],
    ["leading zeros are not", isOne, "01", "E"],
    ["a sign is not", isOne, "+1", "E"],
    ["an exponent is not", isOne, "1e0", "E"],
    ["hexadecimal is not", isOne, "0x1", "E"],
    ["a space is not", isOne, " 1", "E"],
    ["a line break is not", isOne, "1\n", "E"],
    ["minus zero in digits is not", integer("integer_equal", 0), "-0", "E"],
    ["other digits are not", isOne, "١", "E"],
    ["an empty text is not", isOne, "", "E"],
    ["a fraction is not", isOne, 1.5, "E"],
    ["NaN is not", isOne, Number.NaN, "E"],
    ["true is not", isOne, true, "E"],
    ["a rounded integer is not", integer("integer_greater_than", 0), 2 ** 53, "E"],
    [
      "large digits are exact",
      integer("integer_equal", "9007199254740993"),
      "9007199254740993",
      "T",
    ],
    [
      "and differ from their neighbours",
      integer("integer_equal", "9007199254740993"),
      "9007199254740992",
      "F",
    ],
    ["and compare with small ones", integer("integer_greater_than", 5), "9007199254740993", "T"],
    ["and small ones with them", integer("integer_less_than", "9007199254740993"), 5, "T"],
    [
      "large bigints are exact",
      integer("integer_equal", "9007199254740993"),
      9_007_199_254_740_993n,
      "T",
    ],
    [
      "a word is not a boolean",
      { function: "boolean_equal", attribute: "ext_x", value: true },
      "true",
      "E",
    ],
    ["1 is not a boolean", { function: "boolean_equal", attribute: "ext_x", value: true }, 1, "E"],
    ["a text is a set of one", contains("a"), "a", "T"],
    ["a set may be empty", contains("a"), [], "F"],
    ["a set may repeat itself", contains("a"), ["b", "a", "a"], "T"],
    ["one number spoils a set", contains("a"), ["a", 1], "E"],
    ["null spoils a set", contains("a"), ["a", null], "E"],
    ["an object is no set", contains("a"), { a: true }, "E"],
    ["a text in no list", { function: "string_in", attribute: "ext_x", value: [] }, "a", "F"],
    ["an invalid attribute is not a text", text("a"), { invalid: "string_too_long" }, "E"],
    [
      "an invalid attribute exists",
      { function: "attribute_exists", attribute: "ext_x" },
      { invalid: "set_too_large" },
      "T",
    ],
    ["an empty set exists", { function: "attribute_exists", attribute: "ext_x" }, [], "T"],
    ["null does not exist", { function: "attribute_exists", attribute: "ext_x" }, null, "F"],
  ])("%s", (...[, condition, value, truth]) => {
    expect(truthOf(condition, { ext_x: value })).toBe(truth);
  });

  test.each([
    ["a value of another kind", 7, { code: "type_error", actual: "number" }],
    ["a set for a scalar", ["a"], { code: "type_error", actual: "set" }],
    ["an invalid attribute", { invalid: "mixed_set" }, { code: "type_error", actual: "mixed_set" }],
    ["a long text", "x".repeat(10_001), { code: "limit", actual: "string" }],
  ])("%s is reported by kind, never by value", (_name, value, expected) => {
    const document = policy([{ rule_id: "rule", effect: "Allow", conditions: [text("a")] }]);

    expect(decide([document], { ext_x: value }).errors).toEqual([
      {
        attribute: "ext_x",
        expected: "string",
        policyId: "policy-0",
        ruleId: "rule",
        path: "conditions/0",
        decisive: true,
        ...expected,
      },
    ]);
  });
});

describe("on_missing", () => {
  const suspended = { function: "boolean_equal", attribute: "ext_suspended", value: true } as const;

  test.each([
    [undefined, "E"],
    ["error", "E"],
    ["false", "F"],
    ["true", "T"],
  ] as const)("%s makes a missing attribute %s", (option, truth) => {
    const condition = option === undefined ? suspended : { ...suspended, on_missing: option };

    expect(truthOf(condition, {})).toBe(truth);
    expect(truthOf(condition, { ext_suspended: null })).toBe(truth);
  });

  test.each(["false", "true"] as const)("%s does not excuse a wrong type", (option) => {
    const condition = { ...suspended, on_missing: option };

    expect(truthOf(condition, { ext_suspended: "true" })).toBe("E");
    expect(truthOf(condition, { ext_suspended: { invalid: "mixed_set" } })).toBe("E");
  });
});

const equals = (attribute: string, value: string): Condition => ({
  function: "string_equal",
  attribute,
  value,
});

const inMetadata = (key: string): Condition => ({
  function: "attribute_exists",
  attribute: "request_metadata",
  metadata_key: key,
});

describe("attributes", () => {
  test("the resource and the action are attributes", () => {
    expect(truthOf(equals("resource", "orders"), {})).toBe("T");
    expect(truthOf(equals("action", "approve"), {})).toBe("T");
  });

  test("nothing given can stand in for the resource or the action", () => {
    expect(truthOf(equals("resource", "billing"), { resource: "billing" })).toBe("F");
    expect(truthOf(equals("action", "read"), { action: "read" })).toBe("F");
  });

  test.each(["constructor", "toString", "__proto__", "hasOwnProperty"])(
    "an inherited member `%s` of the metadata is missing",
    (key) => {
      expect(truthOf(inMetadata(key), { request_metadata: {} })).toBe("F");
    },
  );

  test("a metadata key named like a prototype is a key", () => {
    const metadata: unknown = JSON.parse('{ "__proto__": 1 }');

    expect(truthOf(inMetadata("__proto__"), { request_metadata: metadata })).toBe("T");
  });

  test("a dot in a metadata key is a plain character", () => {
    expect(
      truthOf(inMetadata("order.amount"), { request_metadata: { order: { amount: 1 } } }),
    ).toBe("F");
    expect(truthOf(inMetadata("order.amount"), { request_metadata: { "order.amount": 1 } })).toBe(
      "T",
    );
  });

  test("metadata and named attributes do not mix", () => {
    expect(truthOf(inMetadata("ext_plan"), { ext_plan: "premium" })).toBe("F");
    expect(
      truthOf(equals("ext_plan", "premium"), { request_metadata: { ext_plan: "premium" } }),
    ).toBe("E");
  });
});

const scalarTypes = [
  "string",
  "integer",
  "double",
  "boolean",
  "date",
  "time",
  "datetime",
  "ip",
  "email",
];
const orderedTypes = scalarTypes.filter((type) => !["boolean", "ip", "email"].includes(type));
const orders = ["greater_than", "greater_equal", "less_than", "less_equal"];

function names(types: readonly string[], suffixes: readonly string[]): string[] {
  return types.flatMap((type) => suffixes.map((suffix) => `${type}_${suffix}`));
}

describe("the table of functions", () => {
  test("has every family for every type, and what only some types have", () => {
    expect(conditionFunctions.map(({ name }) => name).toSorted()).toEqual(
      [
        ...names(scalarTypes, ["equal", "not_equal", "in", "not_in"]),
        ...names(orderedTypes, [...orders, "between"]),
        ...names(
          scalarTypes.map((type) => `${type}_set`),
          ["contains", "contains_any", "contains_all", "contains_none", "subset_of", "equals"],
        ),
        ...names(["set_size"], ["equal", "not_equal", ...orders]),
        ...names(["string"], ["equal_ignore_case", "starts_with", "ends_with", "contains"]),
        ...names(["string"], ["like", "not_like", "regexp_match"]),
        "email_match",
        "ip_in_cidr",
        "ip_not_in_cidr",
        "time_in_range",
        "day_of_week_in",
        "schedule_match",
        "attribute_exists",
        "attribute_not_exists",
        "all_of",
        "any_of",
        "none_of",
        "not",
        "at_least",
      ].toSorted(),
    );
  });

  test.each([
    ["integer_less_than_or_equal", "integer_less_equal"],
    ["datetime_greater_than_or_equal", "datetime_greater_equal"],
    ["string_is_in", "string_in"],
    ["string_at_least_one_member_of", "string_set_contains_any"],
    ["string_subset", "string_set_subset_of"],
    ["string_regex_match", "string_regexp_match"],
  ])("knows %s as %s", (alias, name) => {
    expect(conditionFunctions.find(({ aliases }) => aliases.includes(alias))?.name).toBe(name);
  });

  test("says the same as the parser about names", () => {
    const unknown = parsePolicy({
      name: "policy",
      specification: {
        rules: [{ rule_id: "a", effect: "Allow", conditions: [{ function: "toString" }] }],
      },
    });

    expect(unknown).toMatchObject({ ok: false, error: [{ code: "UNKNOWN_FUNCTION" }] });
  });
});
