import type { ResolvedRequest } from "../conditions/attribute-slots.js";
import type { CompiledCondition, LeafFailure } from "../conditions/compiled-condition.js";
import type { Effect } from "../document/policy-document.js";
import type { PlacedRule } from "./compiled-policy.js";
import type { ConditionError } from "./decision-result.js";
import type { OutcomeSet } from "./outcome-set.js";
import { foldTiers, settleOneRule, type TierEvaluation } from "./tier-evaluation.js";

/** The undetermined rule whose conditions are being walked. */
interface Walk {
  readonly placed: PlacedRule;
  readonly request: ResolvedRequest;
}

/** One condition on the way down a rule. */
interface Place {
  readonly condition: CompiledCondition;
  readonly path: string;
  /** Whether the rule and every group around the condition are open because of their members. */
  readonly decisive: boolean;
}

/** A decision about to be reported. */
export interface OpenDecision {
  /** The tiers that were evaluated. */
  readonly evaluations: readonly TierEvaluation[];
  /** What is answered below the last of them. */
  readonly closing: OutcomeSet;
  /** What they come to together. */
  readonly outcomes: OutcomeSet;
}

/**
 * Lists every leaf that is an error inside a rule that is one, tiers from the highest, then in document
 * order. Nothing depends on where an evaluation happened to stop.
 */
export function collectErrors(decision: OpenDecision, request: ResolvedRequest): ConditionError[] {
  return decision.evaluations.flatMap((evaluation, index) => {
    const decisive: Readonly<Record<Effect, boolean>> = {
      Allow: isDecisive(decision, index, "Allow"),
      Deny: isDecisive(decision, index, "Deny"),
    };
    return evaluation.undetermined.flatMap((placed) => {
      const { condition, effect } = placed.rule;
      return explain({ placed, request }, { condition, path: "", decisive: decisive[effect] });
    });
  });
}

// A rule is decisive when settling it, one way or the other, changes what the decision can still be.
function isDecisive(decision: OpenDecision, index: number, effect: Effect): boolean {
  const { evaluations, closing, outcomes } = decision;
  const evaluation = evaluations[index];
  if (evaluation?.undetermined.some(({ rule }) => rule.effect === effect) !== true) {
    return false;
  }
  const tiers = evaluations.map((each) => each.outcomes);
  return settleOneRule(evaluation, effect).some(
    (settled) => foldTiers(tiers.with(index, settled), closing) !== outcomes,
  );
}

function explain(walk: Walk, place: Place): ConditionError[] {
  const { condition, path } = place;
  if (condition.kind === "leaf") {
    return explainLeaf(walk, place, condition.explainError(walk.request));
  }
  const decisive = place.decisive && condition.evaluate(walk.request) === "E";
  const prefix = path === "" ? "conditions" : `${path}/conditions`;
  return condition.members.flatMap((member, index) =>
    explain(walk, { condition: member, path: `${prefix}/${index}`, decisive }),
  );
}

function explainLeaf(
  { placed: { policy, rule } }: Walk,
  { path, decisive }: Place,
  failure: LeafFailure | undefined,
): ConditionError[] {
  return failure === undefined
    ? []
    : [{ ...failure, policyId: policy.id, ruleId: rule.id, path, decisive }];
}
