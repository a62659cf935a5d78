import type { CombiningAlgorithm, Condition, PolicyRule } from "@byot/policy-engine";
import { describe, expect, test } from "vitest";
import { parsed, planOf, requestOf, truthOf } from "./support/decide.js";
import {
  combineByTable,
  combineByWorlds,
  type CombinedValue,
  type RuleValue,
} from "./support/naive-engine.js";

type Truth = "T" | "F" | "E";

const given = { ext_plan: "premium" };

const conditionByTruth: Readonly<Record<Truth, Condition>> = {
  T: { function: "string_equal", attribute: "ext_plan", value: "premium" },
  F: { function: "string_equal", attribute: "ext_plan", value: "free" },
  E: { function: "string_equal", attribute: "ext_role", value: "manager" },
};

describe("conditions", () => {
  test.each<{ members: Truth[]; all: Truth; any: Truth }>([
    { members: ["T", "T"], all: "T", any: "T" },
    { members: ["T", "F"], all: "F", any: "T" },
    { members: ["T", "E"], all: "E", any: "T" },
    { members: ["F", "T"], all: "F", any: "T" },
    { members: ["F", "F"], all: "F", any: "F" },
    { members: ["F", "E"], all: "F", any: "E" },
    { members: ["E", "T"], all: "E", any: "T" },
    { members: ["E", "F"], all: "F", any: "E" },
    { members: ["E", "E"], all: "E", any: "E" },
  ])("$members are $all under all_of and $any under any_of", ({ members, all, any }) => {
    const conditions = members.map((truth) => conditionByTruth[truth]);

    expect(truthOf({ function: "all_of", conditions }, given)).toBe(all);
    expect(truthOf({ function: "any_of", conditions }, given)).toBe(any);
  });

  test.each([
    ["T", "F"],
    ["F", "T"],
    ["E", "E"],
  ] as const)("%s becomes %s under not", (truth, negation) => {
    const conditions = [conditionByTruth[truth]];

    expect(truthOf({ function: "not", conditions }, given)).toBe(negation);
  });

  test("no condition is true under all_of and false under any_of", () => {
    expect(truthOf({ function: "all_of", conditions: [] }, given)).toBe("T");
    expect(truthOf({ function: "any_of", conditions: [] }, given)).toBe("F");
  });
});

const ruleByValue: Readonly<Record<RuleValue, Omit<PolicyRule, "rule_id">>> = {
  Allow: { effect: "Allow", conditions: [conditionByTruth.T] },
  Deny: { effect: "Deny", conditions: [conditionByTruth.T] },
  NotApplicable: { effect: "Deny", conditions: [conditionByTruth.F] },
  P: { effect: "Allow", conditions: [conditionByTruth.E] },
  D: { effect: "Deny", conditions: [conditionByTruth.E] },
};

const ruleValues = ["Allow", "Deny", "NotApplicable", "P", "D"] as const;

const valueByWorlds: Readonly<Record<string, CombinedValue>> = {
  A: "Allow",
  D: "Deny",
  N: "NotApplicable",
  AN: "P",
  DN: "D",
  AD: "DP",
  ADN: "DP",
};

const algorithms = [
  "deny_overrides",
  "allow_overrides",
  "first_applicable",
  "deny_unless_allow",
  "allow_unless_deny",
] as const;

function combinations(length: number): RuleValue[][] {
  return length === 0
    ? [[]]
    : combinations(length - 1).flatMap((shorter) => ruleValues.map((value) => [...shorter, value]));
}

function decideRules(combining: CombiningAlgorithm, values: readonly RuleValue[]) {
  const rules = values.map((value, index) => ({ rule_id: `rule-${index}`, ...ruleByValue[value] }));
  const document = parsed({ name: "policy", specification: { combining, rules } });
  const { decision, indeterminate } = planOf([{ document }]).decide(requestOf(given), {
    leaveOpen: true,
  });
  return indeterminate ?? decision;
}

const tables = [0, 1, 2, 3].flatMap(combinations);

describe.each(algorithms)("%s", (combining) => {
  test.each([0, 1, 2, 3])("combines every list of %i values as its table says", (length) => {
    for (const values of tables.filter((each) => each.length === length)) {
      const expected = combineByTable(combining, values);

      expect({ values, value: decideRules(combining, values) }).toEqual({
        values,
        value: expected,
      });
    }
  });

  test("has a table that says what the possible worlds say", () => {
    for (const values of tables) {
      const worlds = [...combineByWorlds(combining, values)].toSorted().join("");

      expect({ values, value: valueByWorlds[worlds] }).toEqual({
        values,
        value: combineByTable(combining, values),
      });
    }
  });
});
