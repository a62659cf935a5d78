import type { Condition, PolicyRule } from "@byot/policy-engine";
import { describe, expect, test } from "vitest";
import { outcomeOfRules, type RuleOutcome, truthOf } from "./support/decide.js";
import { combineByTable } from "./support/naive-engine.js";

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

type RuleValue = "Allow" | "Deny" | "NotApplicable" | "P" | "D";

const ruleByValue: Readonly<Record<RuleValue, Omit<PolicyRule, "rule_id">>> = {
  Allow: { effect: "Allow", conditions: [conditionByTruth.T] },
  Deny: { effect: "Deny", conditions: [conditionByTruth.T] },
  NotApplicable: { effect: "Deny", conditions: [conditionByTruth.F] },
  P: { effect: "Allow", conditions: [conditionByTruth.E] },
  D: { effect: "Deny", conditions: [conditionByTruth.E] },
};

const ruleValues = ["Allow", "Deny", "NotApplicable", "P", "D"] as const;

const worldsOfValue: Readonly<Record<RuleValue, readonly string[]>> = {
  Allow: ["A"],
  Deny: ["D"],
  NotApplicable: ["N"],
  P: ["A", "N"],
  D: ["D", "N"],
};

const outcomeByWorlds: Readonly<Record<string, RuleOutcome>> = {
  A: "Allow",
  D: "Deny",
  N: "NotApplicable",
  AN: "P",
  DN: "D",
  AD: "DP",
  ADN: "DP",
};

/** Every world of the rules, decided with plain two-valued deny-overrides. */
function outcomeByEnumeration(values: readonly RuleValue[]): RuleOutcome | undefined {
  const worlds = values.reduce<string[]>(
    (partial, value) =>
      partial.flatMap((world) => worldsOfValue[value].map((outcome) => world + outcome)),
    [""],
  );
  const decided = worlds.map((world) =>
    world.includes("D") ? "D" : world.includes("A") ? "A" : "N",
  );
  return outcomeByWorlds[[...new Set(decided)].toSorted().join("")];
}

function combinations(length: number): RuleValue[][] {
  return length === 0
    ? [[]]
    : combinations(length - 1).flatMap((shorter) => ruleValues.map((value) => [...shorter, value]));
}

const tables = [0, 1, 2, 3].flatMap(combinations).map((values) => ({
  values,
  title: values.length === 0 ? "no rule" : values.join(", "),
}));

describe("deny overrides", () => {
  test.each(tables)("combines $title as its table and its worlds say", ({ values }) => {
    const rules = values.map((value, index) => ({
      rule_id: `rule-${index}`,
      ...ruleByValue[value],
    }));

    const outcome = outcomeOfRules(rules, given);

    expect(outcome).toBe(outcomeByWorlds[[...combineByTable(values)].toSorted().join("")]);
    expect(outcome).toBe(outcomeByEnumeration(values));
  });
});
