import type { Effect } from "../document/policy-document.js";
import type { CompiledPolicy } from "./compiled-policy.js";
import type { DecisionReason } from "./decision-result.js";
import type { GroupEvaluation, TierEvaluation } from "./evaluate-policies.js";
import { deny, intersects, nothing, outcomeOf, type OutcomeSet } from "./outcome-set.js";

/** A default of a policy that has, or may have, a say. */
export interface ActiveDefault {
  /** The policy. */
  readonly policy: CompiledPolicy;
  /** What it answers. */
  readonly effect: Effect;
  /** The priority of its tier. */
  readonly priority: number;
  /** False when it cannot be told whether the policy's target holds. */
  readonly certain: boolean;
}

/** What is answered where no rule of any tier says anything. */
export interface Closing {
  /** What the answer can be. */
  readonly outcomes: OutcomeSet;
  /** Every default that counts or may count, in order. */
  readonly defaults: readonly ActiveDefault[];
}

/** Closes with the defaults of the tiers looked at; where one of them always says something, none is reached. */
export function closeTiers(tiers: readonly TierEvaluation[], leaveOpen: boolean): Closing {
  const defaults: ActiveDefault[] = [];
  const last = tiers.at(-1);
  if (last === undefined || intersects(last.outcomes, nothing)) {
    for (const { tier, groups } of tiers) {
      for (const group of groups) {
        collectDefaults(group, tier.priority, defaults);
      }
    }
  }
  return { defaults, outcomes: closeDefaults(defaults, leaveOpen) };
}

/**
 * Defaults are weak: one Deny among them wins over any Allow, and where there is none the answer is Deny.
 * Each that may or may not count does so on its own.
 */
export function closeDefaults(
  defaults: readonly Pick<ActiveDefault, "effect" | "certain">[],
  leaveOpen: boolean,
): OutcomeSet {
  let outcomes: OutcomeSet = 0;
  let mayBeNone = true;
  for (const { effect, certain } of defaults) {
    if (certain && effect === "Deny") {
      return deny;
    }
    outcomes |= outcomeOf[effect];
    mayBeNone &&= !certain;
  }
  const withoutAny = leaveOpen ? nothing : deny;
  return mayBeNone ? outcomes | withoutAny : outcomes;
}

/** The reason for a closing answer. */
export function closingReason(
  { defaults }: Closing,
  decision: Effect | "NotApplicable",
): DecisionReason {
  if (decision === "Allow") {
    return "allowed_by_default";
  }
  return defaults.some(({ effect }) => effect === decision)
    ? "denied_by_default"
    : "no_rule_matched";
}

function collectDefaults(
  { group, target }: GroupEvaluation,
  priority: number,
  defaults: ActiveDefault[],
): void {
  if (target === "F") {
    return;
  }
  for (const policy of group.policies) {
    if (policy.defaultEffect !== undefined) {
      defaults.push({ policy, effect: policy.defaultEffect, priority, certain: target === "T" });
    }
  }
}
