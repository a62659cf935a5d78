import type { Truth } from "../conditions/truth.js";
import { closeDefaults } from "./closing.js";
import {
  combineGroup,
  type Evaluation,
  foldTiers,
  type GroupEvaluation,
  type TierEvaluation,
} from "./evaluate-policies.js";
import { denyOverrides, nothing, type OutcomeSet } from "./outcome-set.js";

/** Where a group stands in an evaluation. */
export interface GroupPlace {
  /** The index of its tier. */
  readonly tier: number;
  /** The group. */
  readonly said: GroupEvaluation;
}

/** A group as it would be if one open question had an answer. */
interface Settled extends GroupPlace {
  readonly outcomes: OutcomeSet;
  /** The answer, when the question was the group's target. */
  readonly target?: Truth;
}

/**
 * Tells what matters: an open rule or target is decisive when settling it, one way or the other, changes
 * what the decision can still be.
 *
 * Many rules come to the same few questions, so each is worked out once.
 */
export class DecisiveTest {
  readonly #evaluation: Evaluation;
  readonly #leaveOpen: boolean;
  readonly #known = new Map<string, boolean>();

  constructor(evaluation: Evaluation, leaveOpen: boolean) {
    this.#evaluation = evaluation;
    this.#leaveOpen = leaveOpen;
  }

  /** Whether the target of a group is decisive; it is an error. */
  target(place: GroupPlace): boolean {
    const { group, answers } = place.said;
    return (["T", "F"] as const).some((target) =>
      this.#matters({ ...place, target, outcomes: combineGroup(group, target, answers) }),
    );
  }

  /** Tells of each open rule of a group, by its index among the answers, whether it is decisive. */
  rules(place: GroupPlace): (index: number) => boolean {
    const { answers } = place.said;
    const known = new Map<string, boolean>();
    return (index) => {
      // Only the first rule can be special: any other is as good as every other of its effect.
      const key = `${index === 0} ${answers[index]?.placed.rule.effect ?? ""}`;
      const matters = known.get(key) ?? this.#rule(place, index);
      known.set(key, matters);
      return matters;
    };
  }

  #rule(place: GroupPlace, index: number): boolean {
    const { group, target, answers } = place.said;
    const settled = answers
      .slice(index, index + 1)
      .map(({ placed }) => ({ placed, certain: true }));
    return [answers.toSpliced(index, 1, ...settled), answers.toSpliced(index, 1)].some((others) =>
      this.#matters({ ...place, outcomes: combineGroup(group, target, others) }),
    );
  }

  #matters(settled: Settled): boolean {
    const { tier, said, outcomes, target = "" } = settled;
    const key = [tier, said.outcomes, outcomes, target, said.group.policies[0].defaultEffect];
    const name = key.join(" ");
    const matters =
      this.#known.get(name) ?? this.#outcomesWith(settled) !== this.#evaluation.outcomes;
    this.#known.set(name, matters);
    return matters;
  }

  #outcomesWith(settled: Settled): OutcomeSet {
    const tiers = this.#evaluation.tiers.map((evaluation, tier) =>
      tier === settled.tier ? { outcomes: outcomesOfTier(evaluation, settled) } : evaluation,
    );
    return foldTiers(tiers, this.#closingWith(settled));
  }

  #closingWith({ said, target }: Settled): OutcomeSet {
    const { outcomes, defaults } = this.#evaluation.closing;
    if (target === undefined) {
      return outcomes;
    }
    const [policy] = said.group.policies;
    const counted = target === "T" ? [policy] : [];
    const settled = defaults.flatMap((each) =>
      each.policy === policy ? counted.map(() => ({ ...each, certain: true })) : [each],
    );
    return closeDefaults(settled, this.#leaveOpen);
  }
}

function outcomesOfTier({ groups }: TierEvaluation, settled: Settled): OutcomeSet {
  return groups.reduce(
    (all, each) => denyOverrides(all, each === settled.said ? settled.outcomes : each.outcomes),
    nothing,
  );
}
