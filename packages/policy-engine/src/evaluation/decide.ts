import type { ResolvedRequest } from "../conditions/attribute-slots.js";
import type { Effect } from "../document/policy-document.js";
import type { ApplicablePolicies, Closing } from "./applicable-policies.js";
import { collectErrors } from "./collect-errors.js";
import type { ConditionError, DecisionResult, DeterminingRule } from "./decision-result.js";
import { allow, deny, intersects, nothing, outcomeOf } from "./outcome-set.js";
import { evaluateTiers, foldTiers, type TierEvaluation } from "./tier-evaluation.js";

const ruleReasons = {
  Allow: "allowed_by_rule",
  Deny: "denied_by_rule",
} as const satisfies Record<Effect, DecisionResult["reason"]>;

/** What the applicable policies say about a request. */
export function decide(
  { tiers, closing }: ApplicablePolicies,
  request: ResolvedRequest,
): DecisionResult {
  const evaluations = evaluateTiers(tiers, request);
  const below = outcomeOf[closing.effect];
  const outcomes = foldTiers(
    evaluations.map((evaluation) => evaluation.outcomes),
    below,
  );
  const errors = collectErrors({ evaluations, closing: below, outcomes }, request);
  if (outcomes === allow) {
    return decided({ effect: "Allow", evaluations, closing, errors });
  }
  if (outcomes === deny) {
    return decided({ effect: "Deny", evaluations, closing, errors });
  }
  return leftOpen(errors);
}

/** The answer when no permission matches. */
export function noPermission(): DecisionResult {
  return result({ decision: "Deny", reason: "no_permission" });
}

/** An answer that grants nothing and says why nothing can be known. */
export function undecidable(reason: "limit_exceeded" | "internal_error"): DecisionResult {
  return result({ decision: "Indeterminate", indeterminate: "DP", reason });
}

interface Decided {
  readonly effect: Effect;
  readonly evaluations: readonly TierEvaluation[];
  readonly closing: Closing;
  readonly errors: readonly ConditionError[];
}

function decided({ effect, evaluations, closing, errors }: Decided): DecisionResult {
  const last = evaluations.at(-1);
  const byRule = last !== undefined && !intersects(last.outcomes, nothing);
  return result({
    decision: effect,
    reason: byRule ? ruleReasons[effect] : closing.reason,
    determining: byRule ? rulesThatSay(effect, last) : closing.determining,
    errors,
  });
}

function leftOpen(errors: readonly ConditionError[]): DecisionResult {
  const decisive = errors.filter((error) => error.decisive);
  const absent = decisive.filter(({ code }) => code === "missing_attribute");
  return result({
    decision: "Indeterminate",
    indeterminate: "DP",
    reason: decisive.some(({ code }) => code === "limit") ? "limit_exceeded" : "undetermined",
    errors,
    missing: [...new Set(absent.map(({ attribute }) => attribute))],
  });
}

function rulesThatSay(effect: Effect, { tier, applying }: TierEvaluation): DeterminingRule[] {
  return applying
    .filter(({ rule }) => rule.effect === effect)
    .map(({ policy, rule }) => ({
      policyId: policy.id,
      policyVersion: policy.version,
      ruleId: rule.id,
      effect,
      priority: tier.priority,
    }));
}

function result(
  parts: Pick<DecisionResult, "decision" | "reason"> & Partial<DecisionResult>,
): DecisionResult {
  return {
    determining: [],
    errors: [],
    missing: [],
    obligations: [],
    advice: [],
    ...parts,
    // INVARIANT: nothing but a definite Allow grants, and no other line sets this field.
    allowed: parts.decision === "Allow",
  };
}
