import type { Condition, LeafCondition } from "@byot/policy-engine";
import { describe, expect, test } from "vitest";
import { decide, type Given, policy, truthOf } from "./support/decide.js";

type Truth = "T" | "F" | "E";

function errorsOf(condition: Condition, given: Given) {
  const document = policy([{ rule_id: "rule", effect: "Allow", conditions: [condition] }]);
  return decide([document], given).errors.map(({ code, attribute }) => `${code} ${attribute}`);
}

const endsWith: LeafCondition = {
  function: "string_ends_with",
  attribute: "ext_emails",
  value: "@example.org",
};
const [inside, outside] = ["a@example.org", "b@example.com"];

describe("quantifier", () => {
  test.each<[Partial<LeafCondition>, unknown, Truth]>([
    [{ quantifier: "any" }, [outside, inside], "T"],
    [{ quantifier: "any" }, [outside], "F"],
    [{ quantifier: "any" }, [], "F"],
    [{ quantifier: "any" }, inside, "T"],
    [{ quantifier: "any" }, [1, inside], "T"],
    [{ quantifier: "any" }, [1, outside], "E"],
    [{ quantifier: "any" }, { a: 1 }, "E"],
    [{ quantifier: "any" }, undefined, "E"],
    [{ quantifier: "any", on_missing: "false" }, undefined, "F"],
    [{ quantifier: "all" }, [inside, inside], "T"],
    [{ quantifier: "all" }, [inside, outside], "F"],
    [{ quantifier: "all" }, [1, outside], "F"],
    [{ quantifier: "all" }, [1, inside], "E"],
    [{ quantifier: "all" }, [], "E"],
    [{ quantifier: "all", on_empty: "true" }, [], "T"],
    [{ quantifier: "all", on_empty: "false" }, [], "F"],
    [{ quantifier: "all", on_empty: "true" }, undefined, "E"],
    [{ quantifier: "all", on_missing: "true" }, undefined, "T"],
    [{ quantifier: "all", on_missing: "true" }, [], "E"],
    [{}, [inside], "E"],
    [{ quantifier: "any" }, Array.from({ length: 1_001 }, () => inside), "E"],
  ])("%j on %j is %s", (options, emails, truth) => {
    expect(truthOf({ ...endsWith, ...options }, { ext_emails: emails })).toBe(truth);
  });

  test("says which error it met", () => {
    expect(errorsOf({ ...endsWith, quantifier: "all" }, { ext_emails: [] })).toEqual([
      "empty_set ext_emails",
    ]);
    expect(errorsOf({ ...endsWith, quantifier: "any" }, { ext_emails: [1] })).toEqual([
      "type_error ext_emails",
    ]);
  });
});

describe("missing sets", () => {
  const containsAny: LeafCondition = {
    function: "string_set_contains_any",
    attribute: "ext_groups",
    value_from: { attribute: "ext_allowed" },
  };

  test.each<[Partial<LeafCondition>, Given, Truth]>([
    [{}, {}, "E"],
    [{ on_missing: "empty" }, { ext_allowed: ["a"] }, "F"],
    [{ on_missing: "empty", function: "string_set_subset_of" }, { ext_allowed: ["a"] }, "T"],
    [{ on_missing: "empty" }, {}, "E"],
    [{ on_missing: "empty", value_on_missing: "empty" }, {}, "F"],
    [{ value_on_missing: "empty" }, { ext_groups: ["a"] }, "F"],
    [{ value_on_missing: "empty" }, { ext_groups: ["a"], ext_allowed: [1] }, "E"],
    [{ on_missing: "true" }, { ext_allowed: ["a"] }, "T"],
    [{ on_missing: "true" }, { ext_allowed: [1] }, "E"],
    [{ on_missing: "true" }, {}, "E"],
    [{}, { ext_groups: "a", ext_allowed: "a" }, "T"],
  ])("%j with %j is %s", (options, given, truth) => {
    expect(truthOf({ ...containsAny, ...options }, given)).toBe(truth);
  });

  test("both sides are reported", () => {
    expect(errorsOf(containsAny, {})).toEqual([
      "missing_attribute ext_groups",
      "missing_attribute ext_allowed",
    ]);
  });

  test.each<[unknown, Truth]>([
    [undefined, "T"],
    [[], "T"],
    [["a", "a"], "F"],
    ["a", "F"],
    [[null], "E"],
    [{}, "E"],
  ])("the size of %j is compared", (roles, truth) => {
    const isEmpty: LeafCondition = {
      function: "set_size_equal",
      attribute: "ext_roles",
      value: 0,
      on_missing: "empty",
    };

    expect(truthOf(isEmpty, { ext_roles: roles })).toBe(truth);
  });
});

const now = "2026-03-31T10:00:00Z";

describe("value_from with an offset", () => {
  test.each<[string, LeafCondition, Given, Truth]>([
    [
      "an integer",
      {
        function: "integer_greater_equal",
        attribute: "ext_age",
        value_from: { attribute: "ext_other_age" },
        offset: 5,
      },
      { ext_age: 45, ext_other_age: 40 },
      "T",
    ],
    [
      "an integer beyond doubles",
      {
        function: "integer_equal",
        attribute: "ext_age",
        value_from: { attribute: "ext_other_age" },
        offset: "1",
      },
      { ext_age: "9007199254740993", ext_other_age: "9007199254740992" },
      "T",
    ],
    [
      "a duration backwards",
      {
        function: "datetime_greater_equal",
        attribute: "ext_auth_time",
        value_from: { attribute: "current_time" },
        offset: "-PT15M",
      },
      { ext_auth_time: "2026-03-31T09:45:00Z", current_time: now },
      "T",
    ],
    [
      "a duration of months, ending on the last day",
      {
        function: "datetime_equal",
        attribute: "ext_until",
        value_from: { attribute: "current_time" },
        offset: "-P1M",
      },
      { ext_until: "2026-02-28T10:00:00Z", current_time: now },
      "T",
    ],
    [
      "a leap day a year on",
      {
        function: "date_equal",
        attribute: "ext_until",
        value_from: { attribute: "ext_from" },
        offset: "P1Y",
      },
      { ext_until: "2025-02-28", ext_from: "2024-02-29" },
      "T",
    ],
    [
      "eighteen years ago, on the calendar of a zone",
      {
        function: "date_less_equal",
        attribute: "ext_born_on",
        value_from: { attribute: "current_time" },
        offset: "-P18Y",
        time_zone: "Pacific/Auckland",
      },
      { ext_born_on: "2008-04-01", current_time: "2026-03-31T11:00:00Z" },
      "T",
    ],
    [
      "the same where it is still the day before",
      {
        function: "date_less_equal",
        attribute: "ext_born_on",
        value_from: { attribute: "current_time" },
        offset: "-P18Y",
        time_zone: "America/New_York",
      },
      { ext_born_on: "2008-04-01", current_time: "2026-03-31T11:00:00Z" },
      "F",
    ],
    [
      "a missing base",
      {
        function: "double_equal",
        attribute: "ext_age",
        value_from: { attribute: "ext_other_age" },
        offset: 0.5,
      },
      { ext_age: 1 },
      "E",
    ],
  ])("adds %s", (...[, condition, given, truth]) => {
    expect(truthOf(condition, given)).toBe(truth);
  });
});

describe("metadata_path", () => {
  const amount: LeafCondition = {
    function: "integer_equal",
    attribute: "request_metadata",
    metadata_path: ["order", "amount"],
    value: 5,
  };

  test.each<[string, string, Truth]>([
    ["a nested value", '{ "order": { "amount": 5 } }', "T"],
    ["a key with a dot", '{ "order.amount": 5 }', "E"],
    ["nothing there", "{}", "E"],
    ["null on the way", '{ "order": null }', "E"],
    ["a text on the way", '{ "order": "amount" }', "E"],
    ["an array on the way", '{ "order": [5] }', "E"],
  ])("with %s", (_name, metadata, truth) => {
    const given: unknown = JSON.parse(metadata);

    expect(truthOf(amount, { request_metadata: given })).toBe(truth);
  });

  test.each(["__proto__", "constructor", "toString"])("never walks through %s", (key) => {
    const exists: LeafCondition = {
      function: "attribute_exists",
      attribute: "request_metadata",
      metadata_path: [key, "name"],
    };

    expect(truthOf(exists, { request_metadata: {} })).toBe("F");
    expect(truthOf(exists, { request_metadata: JSON.parse(`{"${key}":{"name":1}}`) })).toBe("T");
  });

  test("is named in errors", () => {
    expect(errorsOf(amount, {})).toEqual(["missing_attribute request_metadata/order/amount"]);
  });
});

describe("groups", () => {
  const yes: Condition = { function: "attribute_not_exists", attribute: "ext_x" };
  const no: Condition = { function: "attribute_exists", attribute: "ext_x" };
  const open: Condition = { function: "string_equal", attribute: "ext_x", value: "a" };

  test.each<[Condition, Truth]>([
    [{ function: "none_of", conditions: [] }, "T"],
    [{ function: "none_of", conditions: [no, open] }, "E"],
    [{ function: "none_of", conditions: [yes, open] }, "F"],
    [{ function: "at_least", n: 0, conditions: [] }, "T"],
    [{ function: "at_least", n: -1, conditions: [open] }, "T"],
    [{ function: "at_least", n: 1, conditions: [] }, "F"],
    [{ function: "at_least", n: 2, conditions: [open] }, "F"],
    [{ function: "at_least", n: 2, conditions: [yes, open, yes] }, "T"],
    [{ function: "at_least", n: 2, conditions: [yes, open, no] }, "E"],
    [{ function: "at_least", n: 2, conditions: [no, open, no] }, "F"],
  ])("%j is %s", (condition, truth) => {
    expect(truthOf(condition, {})).toBe(truth);
  });
});
