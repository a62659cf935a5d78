import type { CombiningAlgorithm, Effect } from "../document/policy-document.js";
import type { PlacedRule } from "./compiled-policy.js";
import { allow, anything, deny, nothing, outcomeOf, type OutcomeSet } from "./outcome-set.js";

/** A rule that speaks, or may speak; rules that do not apply have no answer. */
export interface RuleAnswer {
  /** The rule. */
  readonly placed: PlacedRule;
  /** True when its conditions hold, false when they cannot be evaluated. */
  readonly certain: boolean;
}

/** How the answers of the rules of one policy become its value. */
interface Combining {
  /** What can come out of these answers, which are in document order. */
  readonly outcomes: (answers: readonly RuleAnswer[]) => OutcomeSet;
  /** Whether this answer settles the value, so that nothing after it is asked. */
  readonly settles: (answer: RuleAnswer) => boolean;
  /** Whether only the answer that settles the value has made it. */
  readonly onlyFirst?: true;
}

/** The five ways of combining, by name. */
const algorithms: Readonly<Record<CombiningAlgorithm, Combining>> = {
  deny_overrides: {
    outcomes: overriding("Deny", "Allow"),
    settles: saysCertainly("Deny"),
  },
  allow_overrides: {
    outcomes: overriding("Allow", "Deny"),
    settles: saysCertainly("Allow"),
  },
  // It does not follow effects: a hidden Allow passed on as "Allow or nothing" would meet `default: Allow`.
  first_applicable: {
    outcomes: ([first]) => (first === undefined ? nothing : certainOutcome(first)),
    settles: () => true,
    onlyFirst: true,
  },
  deny_unless_allow: {
    outcomes: (answers) => (answers.some(saysCertainly("Allow")) ? allow : deny),
    settles: saysCertainly("Allow"),
  },
  // SECURITY: a Deny that cannot be evaluated counts as one; the Allow of this algorithm is never a guess.
  allow_unless_deny: {
    outcomes: (answers) => (answers.some(saysAtAll("Deny")) ? deny : allow),
    settles: saysAtAll("Deny"),
  },
};

/** What a policy can come to, given what its rules answer in document order. */
export function combineAnswers(
  combining: CombiningAlgorithm,
  answers: readonly RuleAnswer[],
): OutcomeSet {
  return algorithms[combining].outcomes(answers);
}

/** The rules that together make the value; the others do not come into play. */
export function determiningAnswers(
  combining: CombiningAlgorithm,
  answers: readonly RuleAnswer[],
): readonly RuleAnswer[] {
  return algorithms[combining].onlyFirst === true ? answers.slice(0, 1) : answers;
}

/** The rules that say the value, as if asking had stopped at the one that settled it. */
export function settlingAnswers(
  combining: CombiningAlgorithm,
  answers: readonly RuleAnswer[],
  effect: Effect,
): readonly RuleAnswer[] {
  const settled = answers.findIndex(algorithms[combining].settles);
  const asked = settled === -1 ? answers : answers.slice(0, settled + 1);
  return asked.filter(saysCertainly(effect));
}

function overriding(strong: Effect, weak: Effect): Combining["outcomes"] {
  return (answers) => {
    let outcomes = nothing;
    for (const { placed, certain } of answers) {
      const { effect } = placed.rule;
      if (effect === strong && certain) {
        return outcomeOf[strong];
      }
      outcomes |= outcomeOf[effect];
      if (effect === weak && certain) {
        outcomes &= ~nothing;
      }
    }
    return outcomes;
  };
}

function certainOutcome({ placed, certain }: RuleAnswer): OutcomeSet {
  return certain ? outcomeOf[placed.rule.effect] : anything;
}

function saysCertainly(effect: Effect): (answer: RuleAnswer) => boolean {
  return ({ placed, certain }) => certain && placed.rule.effect === effect;
}

function saysAtAll(effect: Effect): (answer: RuleAnswer) => boolean {
  return ({ placed }) => placed.rule.effect === effect;
}
