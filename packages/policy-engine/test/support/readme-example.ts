import { compilePolicies, parsePolicy } from "@byot/policy-engine";

const parsed = parsePolicy({
  name: "premium_access",
  specification: {
    rules: [
      {
        rule_id: "premium-allow",
        effect: "Allow",
        conditions: [{ function: "string_equal", attribute: "ext_plan", value: "premium" }],
      },
    ],
    default: { effect: "Deny" },
  },
});
if (!parsed.ok) {
  throw new Error(parsed.error.map(({ path, message }) => `${path}: ${message}`).join("\n"));
}

const plan = compilePolicies(
  [{ resource: "premium-features", actions: ["access"], priority: 0, policyId: "premium_access" }],
  [{ id: "premium_access", version: 1, document: parsed.value }],
);

export const decision = plan.decide({
  resource: "premium-features",
  action: "access",
  named: new Map([["ext_plan", "premium"]]),
  metadata: {},
});
// { allowed: true, decision: "Allow", reason: "allowed_by_rule", determining: [{ ruleId: "premium-allow", … }], … }
