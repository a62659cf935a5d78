import type { ImpersonalDecision } from "@byot/storage";
import type { decisionRules } from "./decisions-schema.js";

/** The rows of `decision_rules` for a decision: each rule once, however many permissions attach its policy. */
export function ruleRows(
  decision: ImpersonalDecision,
): readonly (typeof decisionRules.$inferInsert)[] {
  const { decisionId, workspaceId, at } = decision;
  const rules = new Map(
    decision.determining.map(({ policyId, ruleId }) => [
      JSON.stringify([policyId, ruleId]),
      { policyId, ruleId: ruleId ?? "", isDefault: ruleId === null },
    ]),
  );
  const policies = new Set<string>();
  const names = new Set<string>();
  return [...rules.values()].map((rule) => ({
    ...rule,
    decisionId,
    workspaceId,
    at,
    isDenial: decision.decision === "Deny",
    leadsPolicy: isNew(policies, rule.policyId),
    leadsRule: !rule.isDefault && isNew(names, rule.ruleId),
  }));
}

function isNew(seen: Set<string>, name: string): boolean {
  const isFirst = !seen.has(name);
  seen.add(name);
  return isFirst;
}
