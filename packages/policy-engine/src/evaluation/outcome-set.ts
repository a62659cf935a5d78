import type { Effect } from "../document/policy-document.js";

/**
 * Which outcomes are still possible, as bits: of a rule, of a policy, of a priority, of a decision.
 *
 * A rule that cannot be evaluated could apply or not, so it is the set of its effect and "nothing";
 * combining sets asks for every world what the outcome would be there.
 */
export type OutcomeSet = number;

/** The outcome is Allow. */
export const allow: OutcomeSet = 0b001;

/** The outcome is Deny. */
export const deny: OutcomeSet = 0b010;

/** Nothing is said. */
export const nothing: OutcomeSet = 0b100;

/** Nothing is known. */
export const anything: OutcomeSet = 0b111;

/** The one outcome of an effect. */
export const outcomeOf: Readonly<Record<Effect, OutcomeSet>> = { Allow: allow, Deny: deny };

/** Whether the two sets share an outcome. */
export function intersects(set: OutcomeSet, other: OutcomeSet): boolean {
  return (set & other) !== 0;
}

/**
 * Deny where either denies, else Allow where either allows, else nothing, in every pair of worlds.
 * The order of combination does not matter, and combining a set with itself changes nothing.
 */
export function denyOverrides(set: OutcomeSet, other: OutcomeSet): OutcomeSet {
  const either = set | other;
  const bothMayNotDeny = intersects(set, allow | nothing) && intersects(other, allow | nothing);
  return (either & deny) | (bothMayNotDeny ? either & allow : 0) | (set & other & nothing);
}

/** `set` where it says something, `rest` where it does not. */
export function orElse(set: OutcomeSet, rest: OutcomeSet): OutcomeSet {
  return intersects(set, nothing) ? (set & ~nothing) | rest : set;
}
