import type { ResolvedRequest } from "../conditions/attribute-slots.js";
import type { Effect } from "../document/policy-document.js";
import { closingReason } from "./closing.js";
import { collectErrors } from "./collect-errors.js";
import { decidingTier, decisionNotices, determiningRules } from "./deciding-path.js";
import type { ConditionError, DecisionResult, DeterminingRule } from "./decision-result.js";
import { makeResult } from "./make-result.js";
import type { Evaluation } from "./evaluate-policies.js";
import { allow, deny, intersects, nothing, type OutcomeSet } from "./outcome-set.js";

/** Turns what the policies say about a request into an answer. */
export function decide(
  evaluation: Evaluation,
  request: ResolvedRequest,
  leaveOpen: boolean,
): DecisionResult {
  const errors = evaluation.isOpen ? collectErrors(evaluation, request, leaveOpen) : [];
  switch (evaluation.outcomes) {
    case allow:
      return decided(evaluation, "Allow", errors);
    case deny:
      return decided(evaluation, "Deny", errors);
    case nothing:
      return makeResult({ decision: "NotApplicable", reason: "no_rule_matched", errors });
    default:
      return undetermined(evaluation.outcomes, errors);
  }
}

/** The answer when no permission matches. */
export function noPermission(): DecisionResult {
  return makeResult({ decision: "Deny", reason: "no_permission" });
}

/** An answer that grants nothing and says why nothing can be known. */
export function undecidable(reason: "limit_exceeded" | "internal_error"): DecisionResult {
  return { ...makeResult({ decision: "Indeterminate", reason }), indeterminate: "DP" };
}

function decided(
  evaluation: Evaluation,
  effect: Effect,
  errors: readonly ConditionError[],
): DecisionResult {
  const determining = determiningRules(evaluation, effect);
  const byRule = namesRule(determining);
  const { haveNotices } = evaluation.applicable;
  return makeResult({
    decision: effect,
    reason: byRule ? reasons[effect].rule : reasonWithoutRule(evaluation, effect),
    determining,
    errors,
    obligations: haveNotices ? decisionNotices(evaluation, effect, "obligations") : [],
    advice: haveNotices ? decisionNotices(evaluation, effect, "advice") : [],
  });
}

function namesRule(determining: readonly DeterminingRule[]): boolean {
  for (const { ruleId } of determining) {
    if (ruleId !== null) {
      return true;
    }
  }
  return false;
}

const reasons = {
  Allow: { rule: "allowed_by_rule", default: "allowed_by_default" },
  Deny: { rule: "denied_by_rule", default: "denied_by_default" },
} as const satisfies Record<Effect, unknown>;

function reasonWithoutRule(evaluation: Evaluation, effect: Effect): DecisionResult["reason"] {
  return decidingTier(evaluation) === undefined
    ? closingReason(evaluation.closing, effect)
    : reasons[effect].default;
}

function undetermined(outcomes: OutcomeSet, errors: readonly ConditionError[]): DecisionResult {
  const overLimit = errors.some(({ code, decisive }) => decisive && code === "limit");
  return {
    ...makeResult({
      decision: "Indeterminate",
      reason: overLimit ? "limit_exceeded" : "undetermined",
      errors,
    }),
    indeterminate: possibleEffects(outcomes),
  };
}

function possibleEffects(outcomes: OutcomeSet): "P" | "D" | "DP" {
  if (!intersects(outcomes, deny)) {
    return "P";
  }
  return intersects(outcomes, allow) ? "DP" : "D";
}
