import type { Condition } from "@byot/policy-engine";
import { describe, expect, test } from "vitest";
import { decide, policy } from "./support/decide.js";

const isPremium: Condition = { function: "string_equal", attribute: "ext_plan", value: "premium" };
const isBusiness: Condition = {
  function: "string_equal",
  attribute: "ext_plan",
  value: "business",
};
const isManager: Condition = { function: "string_equal", attribute: "ext_role", value: "manager" };
const isStaff: Condition = { function: "string_equal", attribute: "ext_group", value: "staff" };

function errorsOf(conditions: readonly Condition[], given: Readonly<Record<string, unknown>>) {
  const { errors, missing } = decide(
    [policy([{ rule_id: "rule", effect: "Allow", conditions }], "Deny")],
    given,
  );
  return { paths: errors.map(({ path, decisive }) => `${path} ${decisive}`), missing };
}

describe("the errors of a decision", () => {
  test("are listed wherever evaluation could have stopped", () => {
    expect(errorsOf([isPremium, isManager], {})).toEqual({
      paths: ["conditions/0 true", "conditions/1 true"],
      missing: ["ext_plan", "ext_role"],
    });
  });

  test("are not listed for a rule that has an answer without them", () => {
    expect(errorsOf([isPremium, isManager], { ext_role: "member" })).toEqual({
      paths: [],
      missing: [],
    });
  });

  test("carry the way to the condition through the groups", () => {
    const conditions: Condition[] = [
      isStaff,
      { function: "any_of", conditions: [isPremium, { function: "not", conditions: [isManager] }] },
    ];

    expect(errorsOf(conditions, { ext_group: "staff" }).paths).toEqual([
      "conditions/1/conditions/0 true",
      "conditions/1/conditions/1/conditions/0 true",
    ]);
  });

  test("are not decisive inside a group that has an answer", () => {
    const either: Condition = { function: "any_of", conditions: [isPremium, isStaff] };

    expect(errorsOf([either, isManager], { ext_group: "staff" })).toEqual({
      paths: ["conditions/0/conditions/0 false", "conditions/1 true"],
      missing: ["ext_role"],
    });
  });

  test("are not decisive in an Allow rule beside another that allows", () => {
    const document = policy(
      [
        { rule_id: "open", effect: "Allow" },
        { rule_id: "premium", effect: "Allow", conditions: [isPremium] },
        { rule_id: "closed", effect: "Deny", conditions: [isManager] },
      ],
      "Deny",
    );

    const { decision, errors, missing } = decide([document], {});

    expect(decision).toBe("Indeterminate");
    expect(errors.map(({ ruleId, decisive }) => [ruleId, decisive])).toEqual([
      ["premium", false],
      ["closed", true],
    ]);
    expect(missing).toEqual(["ext_role"]);
  });

  test("are listed without effect beside a definite answer", () => {
    const document = policy([
      { rule_id: "premium", effect: "Allow", conditions: [isPremium] },
      { rule_id: "closed", effect: "Deny" },
    ]);

    expect(decide([document], {})).toMatchObject({
      decision: "Deny",
      errors: [{ ruleId: "premium", decisive: false }],
      missing: [],
    });
  });

  test("name a missing attribute once", () => {
    expect(errorsOf([isPremium, isBusiness], {}).missing).toEqual(["ext_plan"]);
  });
});
