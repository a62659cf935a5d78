import type { CombiningAlgorithm, Effect, PolicyNotice, PolicyRule } from "@byot/policy-engine";
import { describe, expect, test } from "vitest";
import { decide, parsed, planOf, requestOf } from "./support/decide.js";

const whenPremium = { function: "string_equal", attribute: "ext_plan", value: "premium" } as const;
const inFinance = { function: "string_equal", attribute: "ext_unit", value: "finance" } as const;
const open: PolicyRule = { rule_id: "open", effect: "Allow" };
const closed: PolicyRule = { rule_id: "closed", effect: "Deny" };

function specified(specification: unknown) {
  return parsed({ name: "policy", specification });
}

describe("a policy with a target", () => {
  const document = specified({ target: [inFinance], rules: [open], default: { effect: "Deny" } });

  test("decides where it holds", () => {
    expect(decide([document], { ext_unit: "finance" })).toMatchObject({ decision: "Allow" });
  });

  test("says nothing where it does not, its default included", () => {
    const result = planOf([{ document }]).decide(requestOf({ ext_unit: "sales" }), {
      leaveOpen: true,
    });

    expect(result).toMatchObject({
      allowed: false,
      decision: "NotApplicable",
      reason: "no_rule_matched",
      determining: [],
    });
  });

  test("may have a say where it cannot be evaluated, and its errors come first", () => {
    const conditional = specified({
      target: [inFinance],
      rules: [{ ...open, conditions: [whenPremium] }],
    });

    expect(decide([conditional], {})).toMatchObject({
      decision: "Indeterminate",
      indeterminate: "DP",
      errors: [
        { policyId: "policy-0", ruleId: null, path: "target/0", decisive: true },
        { policyId: "policy-0", ruleId: "open", path: "conditions/0", decisive: true },
      ],
      missing: ["ext_unit", "ext_plan"],
    });
  });

  test("counts both ways with its default where it cannot be evaluated", () => {
    const whenDenied = specified({ target: [inFinance], rules: [], default: { effect: "Deny" } });
    const allowing = specified({ rules: [], default: { effect: "Allow" } });

    expect(decide([whenDenied], {})).toMatchObject({
      decision: "Deny",
      reason: "denied_by_default",
    });
    expect(decide([whenDenied, allowing], {})).toMatchObject({ decision: "Indeterminate" });
    expect(decide([whenDenied, allowing], { ext_unit: "sales" }).reason).toBe("allowed_by_default");
  });
});

describe("an answer that may be left open", () => {
  const conditional = { ...open, conditions: [whenPremium] };

  test.each<[string, PolicyRule, string]>([
    ["P", conditional, "Allow"],
    ["D", { ...conditional, effect: "Deny" }, "Deny"],
  ])("is Indeterminate %s when a rule cannot be evaluated", (indeterminate, rule) => {
    const plan = planOf([{ document: specified({ rules: [rule] }) }]);

    expect(plan.decide(requestOf({}), { leaveOpen: true })).toMatchObject({
      allowed: false,
      decision: "Indeterminate",
      indeterminate,
    });
  });

  test("is a Deny all the same where no permission matches", () => {
    expect(planOf([]).decide(requestOf({}), { leaveOpen: true })).toMatchObject({
      decision: "Deny",
      reason: "no_permission",
    });
  });
});

describe("an algorithm that always answers", () => {
  test.each<[CombiningAlgorithm, Effect, string]>([
    ["deny_unless_allow", "Deny", "denied_by_default"],
    ["allow_unless_deny", "Allow", "allowed_by_default"],
  ])("%s speaks for its policy where no rule does", (combining, decision, reason) => {
    expect(decide([specified({ combining, rules: [] })], {})).toMatchObject({
      decision,
      reason,
      determining: [{ policyId: "policy-0", ruleId: null, effect: decision }],
    });
  });

  test("still names what could change its answer", () => {
    const rules = [{ ...open, conditions: [whenPremium] }];

    expect(decide([specified({ combining: "deny_unless_allow", rules })], {})).toMatchObject({
      decision: "Deny",
      errors: [{ code: "missing_attribute", decisive: true }],
      missing: ["ext_plan"],
    });
  });

  test("does not take a Deny that cannot be evaluated for none", () => {
    const rules = [{ ...closed, conditions: [whenPremium] }];

    expect(decide([specified({ combining: "allow_unless_deny", rules })], {}).allowed).toBe(false);
  });
});

describe("obligations and advice", () => {
  test("come from every rule that allows and from its policy, rules first", () => {
    const document = specified({
      rules: [
        { ...open, rule_id: "a", obligations: [notice("first")] },
        { ...open, rule_id: "b", obligations: [notice("second")], advice: [notice("hint")] },
      ],
      obligations: [notice("third"), notice("never", "Deny")],
    });
    const other = specified({ rules: [], obligations: [notice("of-a-silent-policy")] });

    const { obligations, advice } = decide([document, other], {});

    expect(idsOf(obligations)).toEqual(["first", "second", "third"]);
    expect(idsOf(advice)).toEqual(["hint"]);
    expect(obligations[0]).toEqual({
      id: "first",
      on: "Allow",
      attributes: {},
      policyId: "policy-0",
      ruleId: "a",
    });
    expect(obligations[2]).not.toHaveProperty("ruleId");
  });

  test("come from the first rule that denies alone, as if asking had stopped there", () => {
    const documents = [
      specified({ rules: [denying("first"), denying("second")] }),
      specified({ rules: [denying("third")] }),
    ];

    const { obligations, determining } = decide(documents, {});

    expect(idsOf(obligations)).toEqual(["first"]);
    expect(determining.map(({ ruleId }) => ruleId)).toEqual(["first", "second", "third"]);
  });

  test("come from a policy whose default decides", () => {
    const document = specified({
      rules: [],
      obligations: [notice("tell", "Deny")],
      default: { effect: "Deny" },
    });

    expect(idsOf(decide([document], {}).obligations)).toEqual(["tell"]);
  });

  test("do not come along with an answer that is open", () => {
    const document = specified({
      rules: [{ ...open, conditions: [whenPremium], obligations: [notice("notify")] }],
      obligations: [notice("log")],
    });

    expect(decide([document], {})).toMatchObject({ obligations: [], advice: [] });
  });
});

function notice(id: string, on: Effect = "Allow"): PolicyNotice {
  return { id, on };
}

function denying(id: string): PolicyRule {
  return { ...closed, rule_id: id, obligations: [notice(id, "Deny"), notice("never")] };
}

function idsOf(notices: readonly { readonly id: string }[]): string[] {
  return notices.map(({ id }) => id);
}
