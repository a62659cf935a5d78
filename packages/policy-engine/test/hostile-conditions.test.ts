import type { Condition, LeafCondition } from "@byot/policy-engine";
import { describe, expect, test } from "vitest";
import { decide, policy, truthOf } from "./support/decide.js";

const long = "a".repeat(10_000);

function matches(name: "string_like" | "string_regexp_match", value: string): LeafCondition {
  return { function: name, attribute: "ext_x", value };
}

// Each of these takes a matcher that goes back over its steps longer than anybody waits.
describe("patterns on the longest text", () => {
  test.each<[string, Condition, string, "T" | "F"]>([
    ["a repeated repetition", matches("string_regexp_match", "^(a+)+$"), `${long.slice(1)}!`, "F"],
    ["alternatives alike", matches("string_regexp_match", "^(a|a|aa)*$"), `${long.slice(1)}!`, "F"],
    ["many repetitions", matches("string_regexp_match", `^${"a*".repeat(400)}b$`), long, "F"],
    ["a counted repetition", matches("string_regexp_match", "^(?:a{1,30}){1,30}b"), long, "F"],
    ["many wildcards", matches("string_like", `${"*a".repeat(499)}*b`), long, "F"],
    ["wildcards in a row", matches("string_like", `${"*".repeat(999)}a`), long, "T"],
    ["one long part", matches("string_like", `*${"a".repeat(998)}b`), long, "F"],
  ])("%s", (...[, condition, text, truth]) => {
    expect(truthOf(condition, { ext_x: text })).toBe(truth);
  });

  test("a longer text is an error", () => {
    expect(truthOf(matches("string_like", "*"), { ext_x: `${long}a` })).toBe("E");
  });
});

describe("the largest sets", () => {
  const values = Array.from({ length: 1_000 }, (_, index) => `group-${index}`);

  test("are read once for all rules", () => {
    const rules = Array.from({ length: 1_000 }, (_, index) => ({
      rule_id: `rule-${index}`,
      effect: "Allow" as const,
      conditions: [
        {
          function: "string_set_contains_any" as const,
          attribute: "ext_groups",
          value: [`other-${index}`],
        },
      ],
    }));
    let reads = 0;
    const groups = new Proxy(values, {
      get(target, key, receiver): unknown {
        reads += key === "0" ? 1 : 0;
        return Reflect.get(target, key, receiver);
      },
    });

    expect(decide([policy(rules, "Deny")], { ext_groups: groups }).decision).toBe("Deny");
    expect(reads).toBe(1);
  });

  test("may be asked one by one, and one more is an error", () => {
    const each: LeafCondition = {
      function: "ip_in_cidr",
      attribute: "ext_hops",
      value: Array.from({ length: 1_000 }, (_, index) => `10.${index % 256}.0.0/16`),
      quantifier: "all",
    };
    const hops = Array.from({ length: 1_000 }, () => "10.200.0.1");

    expect(truthOf(each, { ext_hops: hops })).toBe("T");
    expect(truthOf(each, { ext_hops: [...hops, "10.0.0.1"] })).toBe("E");
  });
});

describe("values that are not what they seem", () => {
  test.each<[LeafCondition["function"], LeafCondition["value"], unknown]>([
    ["integer_equal", 1, new Number(1)],
    ["string_equal", "a", new String("a")],
    ["string_equal", "a", { toString: () => "a" }],
    ["boolean_equal", true, {}],
    ["datetime_less_than", "2026-01-01T00:00:00Z", new Date(0)],
    ["double_less_than", 1, Symbol("0")],
    ["string_set_contains", "a", new Set(["a"])],
    ["string_set_contains", "a", { 0: "a", length: 1 }],
    ["set_size_equal", 0, Object.create([])],
    ["ip_equal", "10.0.0.1", 167_772_161],
  ])("%s %j does not take one for its type", (name, value, actual) => {
    const condition = value === undefined ? {} : { value };

    expect(truthOf({ function: name, attribute: "ext_x", ...condition }, { ext_x: actual })).toBe(
      "E",
    );
  });
});
