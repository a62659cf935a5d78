import { type PolicyProblem, parsePolicy, policyNamePattern } from "@byot/policy-engine";
import { describe, expect, test } from "vitest";
import { orderApproval, premiumAccess } from "./support/mission-policies.js";

function withRules(rules: unknown) {
  return { name: "policy", specification: { rules } };
}

function withCondition(condition: unknown) {
  return withRules([{ rule_id: "rule", effect: "Allow", conditions: [condition] }]);
}

function problemsOf(json: unknown): readonly PolicyProblem[] {
  const result = parsePolicy(json);
  return result.ok ? [] : result.error;
}

const rule = "/specification/rules/0";
const condition = `${rule}/conditions/0`;
const isPremium = { function: "string_equal", attribute: "ext_plan", value: "premium" };
const amount = { attribute: "request_metadata", metadata_key: "orderAmount" };

describe("a policy", () => {
  test.each([
    ["of the premium plan", premiumAccess],
    ["of order approval", orderApproval],
    ["without rules", withRules([])],
    ["with descriptions", { ...premiumAccess, description: "Who may use premium features." }],
    [
      "that names its combining",
      { ...withRules([]), specification: { combining: "deny_overrides", rules: [] } },
    ],
    ["with a rule that always applies", withRules([{ rule_id: "open", effect: "Allow" }])],
    [
      "with an exact large integer",
      withCondition({ ...amount, function: "integer_equal", value: "9007199254740993" }),
    ],
    ["with every option", withCondition({ ...isPremium, on_missing: "false" })],
    ["with a name of 63 characters", { ...premiumAccess, name: `p${"_.:-9".repeat(12)}aa` }],
  ])("%s is read as it is written", (_name, json) => {
    expect(parsePolicy(json)).toEqual({ ok: true, value: json });
  });

  test("shares nothing with the JSON it was read from", () => {
    const json = { name: "policy", specification: { rules: [] as unknown[] } };
    const result = parsePolicy(json);

    json.specification.rules.push("more");

    expect(result).toEqual({ ok: true, value: withRules([]) });
  });

  test.each([
    ["integer_less_than_or_equal", "integer_less_equal"],
    ["integer_greater_than_or_equal", "integer_greater_equal"],
  ])("written with %s is kept with %s", (alias, name) => {
    const written = withCondition({
      function: "not",
      conditions: [{ ...amount, function: alias, value: 10 }],
    });

    expect(parsePolicy(written)).toEqual({
      ok: true,
      value: withCondition({
        function: "not",
        conditions: [{ ...amount, function: name, value: 10 }],
      }),
    });
  });
});

describe("what is wrong with a policy", () => {
  test.each<[string, unknown, Partial<PolicyProblem>[]]>([
    [
      "it is not an object",
      [],
      [{ path: "", code: "PROPERTY_TYPE", message: "must be an object" }],
    ],
    ["it is null", null, [{ path: "", code: "PROPERTY_TYPE" }]],
    [
      "it is empty",
      {},
      [
        { path: "/name", code: "PROPERTY_REQUIRED", message: "`name` is required" },
        { path: "/specification", code: "PROPERTY_REQUIRED" },
      ],
    ],
    [
      "its name has a capital",
      { ...premiumAccess, name: "Premium" },
      [{ path: "/name", code: "PROPERTY_VALUE" }],
    ],
    [
      "its name is too long",
      { ...premiumAccess, name: "p".repeat(64) },
      [{ path: "/name", code: "PROPERTY_VALUE" }],
    ],
    [
      "its rules are no list",
      withRules({}),
      [{ path: "/specification/rules", code: "PROPERTY_TYPE" }],
    ],
    [
      "a property is mistyped",
      { ...premiumAccess, desciption: "" },
      [{ path: "/desciption", code: "UNKNOWN_PROPERTY", suggestion: "description" }],
    ],
    [
      "a rule's property is mistyped",
      withRules([{ rule_id: "a", effect: "Deny", condtions: [] }]),
      [{ path: `${rule}/condtions`, code: "UNKNOWN_PROPERTY", suggestion: "conditions" }],
    ],
    [
      "a condition's option is mistyped",
      withCondition({ ...isPremium, on_mising: "false" }),
      [
        {
          path: `${condition}/on_mising`,
          code: "UNKNOWN_PROPERTY",
          message: "unknown property `on_mising`",
          suggestion: "on_missing",
        },
      ],
    ],
    [
      "a property has odd characters",
      { ...premiumAccess, "a/b~c": 1 },
      [{ path: "/a~1b~0c", code: "UNKNOWN_PROPERTY", message: "unknown property `a/b~c`" }],
    ],
    [
      "a condition of its target is mistyped",
      { name: "policy", specification: { rules: [], target: [{ function: "string_eqal" }] } },
      [{ path: "/specification/target/0/function", code: "UNKNOWN_FUNCTION" }],
    ],
    [
      "an obligation does not say with which decision it goes",
      withRules([{ rule_id: "a", effect: "Allow", obligations: [{ id: "notify" }] }]),
      [{ path: `${rule}/obligations/0/on`, code: "PROPERTY_REQUIRED" }],
    ],
    [
      "an advice is mistyped",
      {
        name: "policy",
        specification: { rules: [], advice: [{ id: "tell", on: "Deny", attribute: {} }] },
      },
      [
        {
          path: "/specification/advice/0/attribute",
          code: "UNKNOWN_PROPERTY",
          suggestion: "attributes",
        },
      ],
    ],
    [
      "a way of combining is not understood",
      { name: "policy", specification: { combining: "permit_overrides", rules: [] } },
      [
        {
          path: "/specification/combining",
          code: "PROPERTY_VALUE",
        },
      ],
    ],
    [
      "a value is both written and taken from an attribute",
      withCondition({ ...isPremium, value_from: { attribute: "ext_x" } }),
      [{ path: `${condition}/value_from`, code: "PROPERTY_VALUE" }],
    ],
    [
      "an effect is spelt in other letters",
      withRules([{ rule_id: "a", effect: "allow" }]),
      [{ path: `${rule}/effect`, code: "PROPERTY_VALUE", message: "must be `Allow` or `Deny`" }],
    ],
    [
      "a default says nothing",
      { name: "policy", specification: { rules: [], default: {} } },
      [{ path: "/specification/default/effect", code: "PROPERTY_REQUIRED" }],
    ],
    [
      "a rule has an empty id",
      withRules([{ rule_id: "", effect: "Deny" }]),
      [{ path: `${rule}/rule_id`, code: "PROPERTY_VALUE", message: "must be 1–100 characters" }],
    ],
    [
      "two rules share an id",
      withRules([
        { rule_id: "a", effect: "Deny" },
        { rule_id: "a", effect: "Allow" },
      ]),
      [
        {
          path: "/specification/rules/1/rule_id",
          code: "DUPLICATE_RULE_ID",
          message: "an earlier rule has the id `a`",
        },
      ],
    ],
    [
      "a function is mistyped",
      withCondition({ ...isPremium, function: "string_eqal" }),
      [
        {
          path: `${condition}/function`,
          code: "UNKNOWN_FUNCTION",
          message: "unknown function `string_eqal`",
          suggestion: "string_equal",
        },
      ],
    ],
    [
      "an alias is mistyped",
      withCondition({ ...isPremium, function: "integer_less_than_or_equals" }),
      [{ code: "UNKNOWN_FUNCTION", suggestion: "integer_less_than_or_equal" }],
    ],
    [
      "a function is like no other",
      withCondition({ ...isPremium, function: "constructor" }),
      [{ path: `${condition}/function`, code: "UNKNOWN_FUNCTION" }],
    ],
    [
      "a function is missing",
      withCondition({}),
      [{ path: `${condition}/function`, code: "PROPERTY_REQUIRED" }],
    ],
    [
      "a function is no text",
      withCondition({ function: ["not"] }),
      [{ path: `${condition}/function`, code: "PROPERTY_TYPE" }],
    ],
    [
      "a condition is no object",
      withCondition("ext_plan"),
      [{ path: condition, code: "PROPERTY_TYPE" }],
    ],
    [
      "an attribute is missing",
      withCondition({ function: "attribute_exists" }),
      [{ path: `${condition}/attribute`, code: "PROPERTY_REQUIRED" }],
    ],
    [
      "an attribute has a dot",
      withCondition({ function: "attribute_exists", attribute: "ext.plan" }),
      [{ path: `${condition}/attribute`, code: "PROPERTY_VALUE" }],
    ],
    [
      "metadata has no key",
      withCondition({ function: "attribute_exists", attribute: "request_metadata" }),
      [
        {
          path: condition,
          code: "METADATA_KEY_REQUIRED",
          message: "`request_metadata` needs a `metadata_key` or a `metadata_path`",
        },
      ],
    ],
    [
      "a key goes with another attribute",
      withCondition({ ...isPremium, metadata_key: "plan" }),
      [
        {
          path: `${condition}/metadata_key`,
          code: "UNKNOWN_PROPERTY",
          suggestion: "request_metadata",
        },
      ],
    ],
    [
      "a value is missing",
      withCondition({ function: "string_equal", attribute: "ext_plan" }),
      [
        {
          path: `${condition}/value`,
          code: "VALUE_REQUIRED",
          message: "`string_equal` needs a value",
        },
      ],
    ],
    [
      "a value is of another type",
      withCondition({ ...isPremium, value: 7 }),
      [
        {
          path: `${condition}/value`,
          code: "VALUE_TYPE",
          message: "`string_equal` needs a string as its value",
        },
      ],
    ],
    [
      "a value in a list is of another type",
      withCondition({ ...isPremium, function: "string_in", value: ["a", 7] }),
      [{ path: `${condition}/value`, code: "VALUE_TYPE" }],
    ],
    [
      "a list is a single text",
      withCondition({ ...isPremium, function: "string_in" }),
      [{ path: `${condition}/value`, code: "VALUE_TYPE" }],
    ],
    [
      "an integer has lost digits",
      withCondition({ ...amount, function: "integer_equal", value: 2 ** 53 }),
      [{ path: `${condition}/value`, code: "UNSAFE_INTEGER" }],
    ],
    [
      "an integer is a fraction",
      withCondition({ ...amount, function: "integer_equal", value: 0.5 }),
      [{ path: `${condition}/value`, code: "VALUE_TYPE" }],
    ],
    [
      "digits have leading zeros",
      withCondition({ ...amount, function: "integer_equal", value: "007" }),
      [{ path: `${condition}/value`, code: "VALUE_TYPE" }],
    ],
    [
      "a list holds an integer that has lost digits",
      withCondition({ ...amount, function: "integer_in", value: [1, 2 ** 53] }),
      [{ path: `${condition}/value`, code: "UNSAFE_INTEGER" }],
    ],
    [
      "a day is not on the calendar",
      withCondition({ function: "date_equal", attribute: "ext_x", value: "2026-02-29" }),
      [
        {
          path: `${condition}/value`,
          code: "VALUE_TYPE",
          message: "`date_equal` needs a date `YYYY-MM-DD` as its value",
        },
      ],
    ],
    [
      "a date-time is a number",
      withCondition({ function: "datetime_equal", attribute: "ext_x", value: 1_772_359_200 }),
      [{ path: `${condition}/value`, code: "VALUE_TYPE" }],
    ],
    [
      "a range has one end",
      withCondition({ ...amount, function: "integer_between", value: [1] }),
      [{ path: `${condition}/value`, code: "VALUE_TYPE" }],
    ],
    [
      "an address has a prefix",
      withCondition({ function: "ip_equal", attribute: "ip_address", value: "10.0.0.0/8" }),
      [{ path: `${condition}/value`, code: "VALUE_TYPE" }],
    ],
    [
      "a pattern with wildcards ends in the middle of an escape",
      withCondition({ ...isPremium, function: "string_like", value: "a\\" }),
      [{ path: `${condition}/value`, code: "VALUE_TYPE" }],
    ],
    [
      "a regular expression looks ahead",
      withCondition({ ...isPremium, function: "string_regexp_match", value: "^(?=a)" }),
      [{ path: `${condition}/value`, code: "REGEX_UNSUPPORTED" }],
    ],
    [
      "a regular expression looks behind",
      withCondition({ ...isPremium, function: "string_regexp_match", value: "(?<!a)b" }),
      [{ path: `${condition}/value`, code: "REGEX_UNSUPPORTED" }],
    ],
    [
      "a regular expression refers back",
      withCondition({ ...isPremium, function: "string_regexp_match", value: "(a)\\1" }),
      [{ path: `${condition}/value`, code: "REGEX_UNSUPPORTED" }],
    ],
    [
      "a regular expression is too long",
      withCondition({ ...isPremium, function: "string_regexp_match", value: "a".repeat(1_001) }),
      [{ path: `${condition}/value`, code: "REGEX_UNSUPPORTED" }],
    ],
    [
      "a regular expression repeats too much",
      withCondition({
        ...isPremium,
        function: "string_regexp_match",
        value: "(?:a{900}|b{900}|c{900})",
      }),
      [{ path: `${condition}/value`, code: "REGEX_UNSUPPORTED" }],
    ],
    [
      "a time zone is mistyped",
      withCondition({
        function: "day_of_week_in",
        attribute: "current_time",
        value: ["monday"],
        time_zone: "Europe/Berln",
      }),
      [
        {
          path: `${condition}/time_zone`,
          code: "UNKNOWN_TIME_ZONE",
          message: "unknown time zone `Europe/Berln`",
          suggestion: "Europe/Berlin",
        },
      ],
    ],
    [
      "a time zone is an offset",
      withCondition({
        function: "day_of_week_in",
        attribute: "current_time",
        value: ["monday"],
        time_zone: "+01:00",
      }),
      [{ path: `${condition}/time_zone`, code: "UNKNOWN_TIME_ZONE" }],
    ],
    [
      "a day of the week has a capital",
      withCondition({ function: "day_of_week_in", attribute: "current_time", value: ["Monday"] }),
      [{ path: `${condition}/value`, code: "VALUE_TYPE" }],
    ],
    [
      "a window is in an unknown zone",
      withCondition({
        function: "schedule_match",
        attribute: "current_time",
        value: [{ from: "09:00", to: "17:00", time_zone: "Mars" }],
      }),
      [{ path: `${condition}/value/0/time_zone`, code: "UNKNOWN_TIME_ZONE" }],
    ],
    [
      "a window has a mistyped property",
      withCondition({
        function: "schedule_match",
        attribute: "current_time",
        value: [{ from: "09:00", to: "17:00", hollidays: [] }],
      }),
      [
        {
          path: `${condition}/value/0/hollidays`,
          code: "UNKNOWN_PROPERTY",
          suggestion: "holidays",
        },
      ],
    ],
    [
      "a window opens at no time",
      withCondition({
        function: "schedule_match",
        attribute: "current_time",
        value: [{ from: "25:00", to: "17:00" }],
      }),
      [{ path: `${condition}/value`, code: "VALUE_TYPE" }],
    ],
    [
      "metadata has a key and a path",
      withCondition({
        ...amount,
        metadata_path: ["a"],
        function: "integer_equal",
        value: 1,
      }),
      [{ path: `${condition}/metadata_path`, code: "PROPERTY_VALUE" }],
    ],
    [
      "a path goes with another attribute",
      withCondition({ ...isPremium, metadata_path: ["a"] }),
      [{ path: `${condition}/metadata_path`, code: "UNKNOWN_PROPERTY" }],
    ],
    [
      "a path is empty",
      withCondition({
        function: "attribute_exists",
        attribute: "request_metadata",
        metadata_path: [],
      }),
      [{ path: `${condition}/metadata_path`, code: "PROPERTY_VALUE" }],
    ],
    [
      "metadata to compare with has no key",
      withCondition({
        function: "string_equal",
        attribute: "ext_plan",
        value_from: { attribute: "request_metadata" },
      }),
      [{ path: `${condition}/value_from`, code: "METADATA_KEY_REQUIRED" }],
    ],
    [
      "a pattern comes from an attribute",
      withCondition({
        function: "string_like",
        attribute: "ext_plan",
        value_from: { attribute: "ext_x" },
      }),
      [
        { path: `${condition}/value`, code: "VALUE_REQUIRED" },
        {
          path: `${condition}/value_from`,
          code: "UNKNOWN_PROPERTY",
          message: "unknown property `value_from`: `string_like` does not take it",
        },
      ],
    ],
    [
      "an offset stands alone",
      withCondition({ ...amount, function: "integer_equal", value: 1, offset: 1 }),
      [{ path: `${condition}/offset`, code: "UNKNOWN_PROPERTY", suggestion: "value_from" }],
    ],
    [
      "an offset is no duration",
      withCondition({
        function: "datetime_equal",
        attribute: "ext_x",
        value_from: { attribute: "current_time" },
        offset: "15 minutes",
      }),
      [
        {
          path: `${condition}/offset`,
          code: "PROPERTY_VALUE",
          message: "must be an ISO 8601 duration such as `-PT15M`",
        },
      ],
    ],
    [
      "an offset of dates has a time",
      withCondition({
        function: "date_equal",
        attribute: "ext_x",
        value_from: { attribute: "current_time" },
        offset: "PT15M",
      }),
      [{ path: `${condition}/offset`, code: "PROPERTY_VALUE" }],
    ],
    [
      "an answer for no elements has no quantifier",
      withCondition({ ...isPremium, on_empty: "true" }),
      [{ path: `${condition}/on_empty`, code: "UNKNOWN_PROPERTY" }],
    ],
    [
      "a single value is empty where it is missing",
      withCondition({ ...isPremium, on_missing: "empty" }),
      [{ path: `${condition}/on_missing`, code: "PROPERTY_VALUE" }],
    ],
    [
      "a zone goes with a date that has none",
      withCondition({
        function: "date_equal",
        attribute: "ext_x",
        value: "2026-01-01",
        time_zone: "UTC",
      }),
      [{ path: `${condition}/time_zone`, code: "UNKNOWN_PROPERTY", suggestion: "current_time" }],
    ],
    [
      "a number of conditions is missing",
      withCondition({ function: "at_least", conditions: [isPremium] }),
      [{ path: `${condition}/n`, code: "PROPERTY_REQUIRED" }],
    ],
    [
      "a number of conditions is a fraction",
      withCondition({ function: "at_least", n: 1.5, conditions: [isPremium] }),
      [{ path: `${condition}/n`, code: "PROPERTY_TYPE", message: "must be an integer" }],
    ],
    [
      "a group needs no number",
      withCondition({ function: "any_of", n: 1, conditions: [isPremium] }),
      [{ path: `${condition}/n`, code: "UNKNOWN_PROPERTY" }],
    ],
    [
      "existence has a value",
      withCondition({ function: "attribute_exists", attribute: "ext_plan", value: true }),
      [{ path: `${condition}/value`, code: "UNKNOWN_PROPERTY" }],
    ],
    [
      "existence has an answer for what is missing",
      withCondition({ function: "attribute_exists", attribute: "ext_plan", on_missing: "true" }),
      [{ path: `${condition}/on_missing`, code: "UNKNOWN_PROPERTY" }],
    ],
    [
      "an option is a boolean",
      withCondition({ ...isPremium, on_missing: false }),
      [
        {
          path: `${condition}/on_missing`,
          code: "PROPERTY_VALUE",
          message: "must be `error`, `false` or `true`",
        },
      ],
    ],
    [
      "a negation has two conditions",
      withCondition({ function: "not", conditions: [isPremium, isPremium] }),
      [
        {
          path: `${condition}/conditions`,
          code: "PROPERTY_VALUE",
          message: "must hold exactly 1 condition",
        },
      ],
    ],
    [
      "a group has no conditions",
      withCondition({ function: "any_of" }),
      [{ path: `${condition}/conditions`, code: "PROPERTY_REQUIRED" }],
    ],
    [
      "a group has an attribute",
      withCondition({ function: "any_of", conditions: [], attribute: "ext_plan" }),
      [{ path: `${condition}/attribute`, code: "UNKNOWN_PROPERTY" }],
    ],
  ])("%s", (_name, json, problems) => {
    const found = problemsOf(json);

    expect(found).toMatchObject(problems);
    expect(found).toHaveLength(problems.length);
  });

  test("is all reported at once", () => {
    const codes = problemsOf({
      name: "",
      specification: { rules: [{ rule_id: "a", effect: "x", conditions: [{ function: "y" }] }] },
    }).map(({ code }) => code);

    expect(codes).toEqual(["PROPERTY_VALUE", "PROPERTY_VALUE", "UNKNOWN_FUNCTION"]);
  });
});

describe("a hostile document", () => {
  test("keeps what notices carry, whatever it is called", () => {
    const attributes = { function: "string_is_in", value: 7, constructor: null };
    const json = withRules([
      { rule_id: "a", effect: "Deny", advice: [{ id: "tell", on: "Deny", attributes }] },
    ]);

    expect(parsePolicy(json)).toEqual({ ok: true, value: json });
  });

  test("with a great many mistyped names is worded no further than it is reported", () => {
    const conditions = Array.from({ length: 1_000 }, () => ({ function: "string_eqal" }));
    const rules = Array.from({ length: 10 }, () => ({ rule_id: "a", effect: "Deny", conditions }));

    expect(problemsOf(withRules(rules))).toHaveLength(100);
  });

  function nested(depth: number): unknown {
    return Array.from({ length: depth }).reduce<unknown>(
      (inner) => ({ function: "all_of", conditions: [inner] }),
      isPremium,
    );
  }

  test("may nest sixteen groups and no more", () => {
    expect(problemsOf(withCondition(nested(16)))).toEqual([]);
    expect(problemsOf(withCondition(nested(17)))).toMatchObject([
      { code: "LIMIT_EXCEEDED", message: "groups nested more than 16 deep" },
    ]);
  });

  test("is refused however deep it is", () => {
    expect(problemsOf(withCondition(nested(100_000)))).toMatchObject([{ code: "LIMIT_EXCEEDED" }]);
  });

  test("is refused when it contains itself", () => {
    const loop: { function: string; conditions: unknown[] } = {
      function: "all_of",
      conditions: [],
    };
    loop.conditions.push(loop);

    expect(problemsOf(withCondition(loop))).toMatchObject([{ code: "LIMIT_EXCEEDED" }]);
  });

  test("is refused when shared parts make it endless", () => {
    const wide = Array.from({ length: 30 }).reduce<unknown>((inner) => [inner, inner], "x");

    expect(problemsOf(withRules(wide))).toEqual([
      { path: "", code: "LIMIT_EXCEEDED", message: "more than 1000000 values" },
    ]);
  });

  test.each([
    [
      "1,001 rules",
      withRules(Array.from({ length: 1_001 }, (_, n) => ({ rule_id: `r${n}`, effect: "Deny" }))),
    ],
    [
      "a set of 1,001",
      withCondition({
        ...isPremium,
        function: "string_in",
        value: Array.from({ length: 1_001 }, () => "a"),
      }),
    ],
    ["a text of 10,001 characters", withCondition({ ...isPremium, value: "a".repeat(10_001) })],
    [
      "a number of 10,001 digits",
      withCondition({ ...amount, function: "integer_equal", value: "1".repeat(10_001) }),
    ],
    ["a property of 10,001 characters", { ...premiumAccess, ["a".repeat(10_001)]: 1 }],
  ])("is refused for %s", (_name, json) => {
    expect(problemsOf(json)).toMatchObject([{ code: "LIMIT_EXCEEDED" }]);
  });

  test.each([
    ["a NUL", "a\0b"],
    ["the first half of a pair", "a\ud800"],
    ["the second half of a pair", "\udc00b"],
  ])("is refused for a text with %s", (_name, text) => {
    expect(problemsOf(withCondition({ ...isPremium, value: text }))).toMatchObject([
      { path: `${condition}/value`, code: "TEXT_INVALID" },
    ]);
    expect(problemsOf({ ...premiumAccess, [text]: 1 })).toMatchObject([{ code: "TEXT_INVALID" }]);
  });

  test("may use whole pairs", () => {
    expect(problemsOf(withCondition({ ...isPremium, value: "💎" }))).toEqual([]);
  });

  test.each([
    ['{ "__proto__": {}, "name": "policy", "specification": { "rules": [] } }', "/__proto__"],
    [
      '{ "name": "policy", "specification": { "rules": [], "__proto__": {} } }',
      "/specification/__proto__",
    ],
    [
      '{ "name": "policy", "specification": { "rules": [], "constructor": {} } }',
      "/specification/constructor",
    ],
  ])("cannot hide behind the name of a prototype: %s", (text, path) => {
    const json: unknown = JSON.parse(text);

    expect(problemsOf(json)).toMatchObject([{ path, code: "UNKNOWN_PROPERTY" }]);
  });

  test("cannot bring its properties by a prototype", () => {
    const json = Object.setPrototypeOf({}, premiumAccess) as unknown;

    expect(problemsOf(json)).toMatchObject([
      { path: "/name", code: "PROPERTY_REQUIRED" },
      { path: "/specification", code: "PROPERTY_REQUIRED" },
    ]);
  });

  test("is told at most a hundred problems", () => {
    const rules = Array.from({ length: 1_000 }, () => ({ unknown: true }));

    expect(problemsOf(withRules(rules))).toHaveLength(100);
  });

  test("cannot break the line of a message", () => {
    const [problem] = problemsOf({ ...premiumAccess, ["a\nb".repeat(100)]: 1 });

    expect(problem?.message).not.toContain("\n");
    expect(problem?.message.length).toBeLessThan(200);
  });
});

test("names of policies follow one pattern", () => {
  expect(policyNamePattern.test("order_approval")).toBe(true);
  expect(policyNamePattern.test("order approval")).toBe(false);
  expect(policyNamePattern.test("order_approval\n")).toBe(false);
});
