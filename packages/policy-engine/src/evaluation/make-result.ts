import type { ConditionError, DecisionResult } from "./decision-result.js";

/** What makes a result. */
export type ResultParts = Pick<DecisionResult, "decision" | "reason"> & Partial<DecisionResult>;

/** Completes a result; what is not given is empty. */
export function makeResult(parts: ResultParts): DecisionResult {
  // Every decision comes through here, and a spread would cost as much as asking all rules.
  const { decision, reason, determining = [], errors = [], obligations = [], advice = [] } = parts;
  return {
    // INVARIANT: nothing but a definite Allow grants, and no other line sets this field.
    allowed: decision === "Allow",
    decision,
    reason,
    determining,
    errors,
    missing: errors.length === 0 ? [] : decisiveAndMissing(errors),
    obligations,
    advice,
  };
}

function decisiveAndMissing(errors: readonly ConditionError[]): string[] {
  const absent = errors.filter(({ code, decisive }) => decisive && code === "missing_attribute");
  return [...new Set(absent.map(({ attribute }) => attribute))];
}
