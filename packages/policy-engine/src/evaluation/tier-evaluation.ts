import type { ResolvedRequest } from "../conditions/attribute-slots.js";
import type { Effect } from "../document/policy-document.js";
import type { Tier } from "./applicable-policies.js";
import type { PlacedRule } from "./compiled-policy.js";
import {
  denyOverrides,
  intersects,
  nothing,
  orElse,
  outcomeOf,
  type OutcomeSet,
} from "./outcome-set.js";

/** What the rules of one priority say about a request. */
export interface TierEvaluation {
  /** The tier. */
  readonly tier: Tier;
  /** Rules that apply, in the order of the tier. */
  readonly applying: readonly PlacedRule[];
  /** Rules that cannot be evaluated, in the order of the tier. */
  readonly undetermined: readonly PlacedRule[];
  /** What can come out of them together. */
  readonly outcomes: OutcomeSet;
}

/** Evaluates tiers from the highest down to the first that says something in every world. */
export function evaluateTiers(tiers: readonly Tier[], request: ResolvedRequest): TierEvaluation[] {
  const evaluations: TierEvaluation[] = [];
  for (const tier of tiers) {
    const evaluation = evaluateTier(tier, request);
    evaluations.push(evaluation);
    if (!intersects(evaluation.outcomes, nothing)) {
      break;
    }
  }
  return evaluations;
}

/** What the tiers come to, each speaking where those above it say nothing, `closing` below the last. */
export function foldTiers(tiers: readonly OutcomeSet[], closing: OutcomeSet): OutcomeSet {
  return tiers.reduceRight((rest, tier) => orElse(tier, rest), closing);
}

/** What a tier could come to if one of its undetermined rules of this effect did apply, or did not. */
export function settleOneRule(
  { applying, undetermined }: TierEvaluation,
  effect: Effect,
): readonly OutcomeSet[] {
  const certain = effectsOf(applying);
  const open = effectsOf(undetermined);
  const others = open.toSpliced(open.indexOf(effect), 1);
  return [combineRules([...certain, effect], others), combineRules(certain, others)];
}

// Every rule is asked, even after a Deny: the answer names all rules that speak.
function evaluateTier(tier: Tier, request: ResolvedRequest): TierEvaluation {
  const applying: PlacedRule[] = [];
  const undetermined: PlacedRule[] = [];
  for (const placed of tier.rules) {
    const truth = placed.rule.condition.evaluate(request);
    if (truth !== "F") {
      (truth === "T" ? applying : undetermined).push(placed);
    }
  }
  const outcomes = combineRules(effectsOf(applying), effectsOf(undetermined));
  return { tier, applying, undetermined, outcomes };
}

function effectsOf(rules: readonly PlacedRule[]): Effect[] {
  return rules.map(({ rule }) => rule.effect);
}

// A rule that cannot be evaluated either says its effect or nothing.
function combineRules(certain: readonly Effect[], open: readonly Effect[]): OutcomeSet {
  return [
    ...certain.map((effect) => outcomeOf[effect]),
    ...open.map((effect) => outcomeOf[effect] | nothing),
  ].reduce(denyOverrides, nothing);
}
