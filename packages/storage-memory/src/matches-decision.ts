import type { DecisionQuery, RefusalQuery, TokenRefusalRecord } from "@byot/storage";
import type { MemoryDecision } from "./memory-workspace-log.js";

const plainFields = [
  "decision",
  "reason",
  "issuer",
  "providerId",
  "resource",
  "action",
] as const satisfies readonly (keyof DecisionQuery)[];

/** Whether a query wants a decision; the span of time is left to the list. */
export function matchesDecision(
  { decision, personal }: MemoryDecision,
  query: DecisionQuery,
): boolean {
  const { subject, policyId, ruleId } = query;
  return (
    plainFields.every((field) => query[field] === undefined || query[field] === decision[field]) &&
    (subject === undefined || personal?.fields.subject === subject) &&
    restsOn(decision.determining, { policyId, ruleId })
  );
}

/** Whether a query wants a refused token; the span of time is left to the list. */
export function matchesRefusal({ code }: TokenRefusalRecord, query: RefusalQuery): boolean {
  return query.code === undefined || query.code === code;
}

function restsOn(
  determining: MemoryDecision["decision"]["determining"],
  { policyId, ruleId }: { policyId: string | undefined; ruleId: string | undefined },
): boolean {
  return (
    (policyId === undefined && ruleId === undefined) ||
    determining.some(
      (rule) =>
        rule.policyId === (policyId ?? rule.policyId) && rule.ruleId === (ruleId ?? rule.ruleId),
    )
  );
}
