import { type DecisionReason, explainDecision } from "@byot/authorizer";
import { describe, expect, test } from "vitest";

const asked = { resource: "orders", action: "approve", determining: [], errors: [], missing: [] };
const rule = {
  policyId: "order_approval",
  policyVersion: 3,
  ruleId: "managers",
  effect: "Allow",
  priority: 0,
} as const;
const byDefault = { ...rule, ruleId: null, effect: "Deny" } as const;
const unevaluated = {
  code: "missing_attribute",
  attribute: "ext_role",
  expected: "string",
  policyId: "order_approval",
  ruleId: "managers",
  path: "conditions/0",
  decisive: false,
} as const;

const plainSentences: Readonly<Record<DecisionReason, string>> = {
  allowed_by_rule: "rule `managers` of policy `order_approval` allows it",
  denied_by_rule: "rule `managers` of policy `order_approval` denies it",
  allowed_by_default: "no rule decided, and policy `order_approval` allows by default",
  denied_by_default: "no rule allows it, and policy `order_approval` denies by default",
  no_rule_matched: "no rule of any policy matched, and none has a default",
  no_permission: "no permission covers `approve` on `orders`",
  undetermined: "a condition could not be evaluated",
  admin_resource_forbidden:
    "`orders` is administrative and closed to external principals, whatever a policy says",
  unknown_resource: "the workspace has no resource `orders`",
  unknown_action: "`orders` has no action `approve`",
  limit_exceeded: "the request or its policies are larger than can be decided",
  internal_error: "the decision could not be made",
};

function reasons(): readonly DecisionReason[] {
  const isReason = (text: string): text is DecisionReason => Object.hasOwn(plainSentences, text);
  return Object.keys(plainSentences).filter(isReason);
}

describe("a decision in one sentence", () => {
  test.each(reasons())("says what `%s` means", (reason) => {
    expect(explainDecision({ ...asked, reason, determining: [rule] })).toBe(plainSentences[reason]);
  });

  test("says how many rules agree", () => {
    const determining = [rule, { ...rule, ruleId: "directors" }, { ...rule, ruleId: "owners" }];

    expect(explainDecision({ ...asked, reason: "allowed_by_rule", determining })).toBe(
      "rule `managers` of policy `order_approval` (with 2 more) allows it",
    );
  });

  test("names every policy whose default decides, once", () => {
    const determining = [byDefault, byDefault, { ...byDefault, policyId: "premium_access" }];

    expect(explainDecision({ ...asked, reason: "denied_by_default", determining })).toBe(
      "no rule allows it, and policy `order_approval` and policy `premium_access` deny by default",
    );
  });

  test("names the missing attribute that left it open", () => {
    expect(explainDecision({ ...asked, reason: "undetermined", errors: [unevaluated] })).toBe(
      "`ext_role` is missing, so rule `managers` of policy `order_approval` could go either way",
    );
  });

  test("prefers a condition that could have changed the answer", () => {
    const decisive = {
      ...unevaluated,
      code: "type_error",
      attribute: "request_metadata.orderAmount",
      expected: "integer",
      actual: "string",
      ruleId: "small-orders",
      decisive: true,
    } as const;

    expect(
      explainDecision({ ...asked, reason: "undetermined", errors: [unevaluated, decisive] }),
    ).toBe(
      "`request_metadata.orderAmount` is not a valid integer, so rule `small-orders` of policy `order_approval` could go either way",
    );
  });
});
