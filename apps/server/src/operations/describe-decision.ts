import { type Decision, type Explanation, type Reason, reasonMessages } from "@byot/api-contract";
import { type CheckDecision, type DecisionReason, explainDecision } from "@byot/authorizer";
import { describeDetermining, describeErrors, describeMisses } from "./explanation.js";

/** A decision as it is answered. */
export function describeDecision(
  decision: CheckDecision,
  explanation: Explanation | undefined,
): Decision {
  return {
    allowed: decision.allowed,
    decision: decision.decision,
    reason: describeReason(decision.reason),
    decisionId: decision.decisionId,
    revision: decision.revision,
    evaluatedAt: decision.evaluatedAt.toISOString(),
    tokenExpiresAt: decision.tokenExpiresAt.toISOString(),
    obligations: describeObligations(decision.obligations),
    ...(explanation === undefined ? {} : { explanation }),
  };
}

/** A reason as it is answered. */
export function describeReason(code: DecisionReason): Reason {
  return { code, message: reasonMessages[code] };
}

/** Duties as they are answered. */
export function describeObligations(
  obligations: CheckDecision["obligations"],
): Decision["obligations"] {
  return obligations.map(({ id, on, attributes }) => ({ id, on, attributes }));
}

/** What of a decision its explanation is made from. */
export interface Explained extends Pick<
  CheckDecision,
  "reason" | "determining" | "errors" | "missing" | "trace"
> {
  /** The rules that came nearest to allowing. */
  readonly nearestMisses?: CheckDecision["nearestMisses"];
}

/** An explanation as it is answered. */
export function describeExplanation(
  decision: Explained,
  asked: { readonly resource: string; readonly action: string },
): Explanation {
  return {
    summary: explainDecision({ ...decision, ...asked }),
    determining: describeDetermining(decision.determining),
    errors: describeErrors(decision.errors),
    missing: decision.missing,
    nearestMisses: describeMisses(decision.nearestMisses ?? []),
    ...(decision.trace === undefined ? {} : { trace: decision.trace }),
  };
}
