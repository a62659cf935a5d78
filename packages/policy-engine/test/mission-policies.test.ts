import { describe, expect, test } from "vitest";
import { decide, parsed } from "./support/decide.js";
import { orderApproval, premiumAccess } from "./support/mission-policies.js";

describe("the premium policy", () => {
  test.each([
    ["the premium plan", { ext_plan: "premium" }, "Allow", "allowed_by_rule"],
    ["the free plan", { ext_plan: "free" }, "Deny", "denied_by_default"],
    ["the premium plan in other letters", { ext_plan: "Premium" }, "Deny", "denied_by_default"],
    ["no plan", {}, "Indeterminate", "undetermined"],
    ["a list of plans", { ext_plan: ["premium"] }, "Indeterminate", "undetermined"],
    ["a plan that is null", { ext_plan: null }, "Indeterminate", "undetermined"],
  ])("answers %s", (...[, given, decision, reason]) => {
    expect(decide([parsed(premiumAccess)], given)).toMatchObject({
      allowed: decision === "Allow",
      decision,
      reason,
    });
  });
});

describe("the order policy", () => {
  const manager = { ext_role: "manager" };
  const member = { ext_role: "member" };

  test.each([
    ["a manager approves 50,000", manager, 50_000, "Allow", "manager-high-value"],
    ["a manager approves 10,001", manager, 10_001, "Allow", "manager-high-value"],
    ["a member does not approve 50,000", member, 50_000, "Deny", null],
    ["a member does not approve 10,001", member, 10_001, "Deny", null],
    ["a member approves 10,000", member, 10_000, "Allow", "anyone-low-value"],
    ["a manager approves 10,000", manager, 10_000, "Allow", "anyone-low-value"],
    ["someone without a role approves 10,000", {}, 10_000, "Allow", "anyone-low-value"],
    ["an amount written in digits is exact", manager, "50000", "Allow", "manager-high-value"],
  ])("%s", (...[, attributes, orderAmount, decision, ruleId]) => {
    const given = { ...attributes, request_metadata: { orderAmount } };

    expect(decide([parsed(orderApproval)], given)).toMatchObject({
      decision,
      allowed: decision === "Allow",
      determining: [
        { policyId: "policy-0", policyVersion: 1, ruleId, effect: decision, priority: 0 },
      ],
    });
  });

  test("leaves a missing amount undetermined, and says so", () => {
    expect(decide([parsed(orderApproval)], manager)).toEqual({
      allowed: false,
      decision: "Indeterminate",
      indeterminate: "DP",
      reason: "undetermined",
      determining: [],
      errors: [
        {
          code: "missing_attribute",
          attribute: "request_metadata.orderAmount",
          expected: "integer",
          policyId: "policy-0",
          ruleId: "manager-high-value",
          path: "conditions/1",
          decisive: true,
        },
        {
          code: "missing_attribute",
          attribute: "request_metadata.orderAmount",
          expected: "integer",
          policyId: "policy-0",
          ruleId: "anyone-low-value",
          path: "conditions/0",
          decisive: true,
        },
      ],
      missing: ["request_metadata.orderAmount"],
      obligations: [],
      advice: [],
    });
  });

  test.each([
    ["a word", "lots"],
    ["a fraction", 10_000.5],
    ["digits with leading zeros", "050000"],
    ["an object", { amount: 50_000 }],
    ["a list", [50_000]],
    ["true", true],
  ])("leaves an amount that is %s undetermined", (_name, orderAmount) => {
    const result = decide([parsed(orderApproval)], {
      ...manager,
      request_metadata: { orderAmount },
    });

    expect(result).toMatchObject({ allowed: false, reason: "undetermined", missing: [] });
    expect(result.errors[0]).toMatchObject({ code: "type_error", expected: "integer" });
  });

  test("leaves a large order of someone without a role undetermined", () => {
    const result = decide([parsed(orderApproval)], { request_metadata: { orderAmount: 10_001 } });

    expect(result).toMatchObject({ allowed: false, missing: ["ext_role"] });
  });
});
