import type { ResolvedRequest } from "../conditions/attribute-slots.js";
import type { Truth } from "../conditions/truth.js";
import type { ApplicablePolicies, PolicyGroup, Tier } from "./applicable-policies.js";
import { type Closing, closeTiers } from "./closing.js";
import { combineAnswers, type RuleAnswer } from "./combining-algorithms.js";
import { denyOverrides, intersects, nothing, orElse, type OutcomeSet } from "./outcome-set.js";
import { askIndexed, type AskRules } from "./rule-list.js";

/** What the policies of one group say about a request. */
export interface GroupEvaluation {
  /** The group. */
  readonly group: PolicyGroup;
  /** Whether the group has a say; nothing else is looked at where it has none. */
  readonly target: Truth;
  /** What its rules say, without those that do not apply, in order. */
  readonly answers: readonly RuleAnswer[];
  /** What can come out of them together. */
  readonly outcomes: OutcomeSet;
  /** Whether its target or one of its rules cannot be evaluated. */
  readonly isOpen: boolean;
}

/** What the policies of one priority say about a request. */
export interface TierEvaluation {
  /** The tier. */
  readonly tier: Tier;
  /** Its groups, in order. */
  readonly groups: readonly GroupEvaluation[];
  /** What can come out of them together. */
  readonly outcomes: OutcomeSet;
  /** Whether any of them is open. */
  readonly isOpen: boolean;
}

/** What all policies say about a request. */
export interface Evaluation {
  /** The policies. */
  readonly applicable: ApplicablePolicies;
  /** Tiers from the highest down to the first that says something in every world. */
  readonly tiers: readonly TierEvaluation[];
  /** What is answered where none of them says anything. */
  readonly closing: Closing;
  /** What can come out in the end. */
  readonly outcomes: OutcomeSet;
  /** Whether any rule or target that was asked cannot be evaluated. */
  readonly isOpen: boolean;
}

/** How an evaluation is made. */
export interface EvaluationMode {
  /** Whether to say nothing, rather than to deny, where no policy has a default. */
  readonly leaveOpen: boolean;
  /** How rules are asked. @defaultValue through the indexes of each list */
  readonly ask?: AskRules;
}

/** Evaluates tiers from the highest down, and closes with the defaults. */
export function evaluatePolicies(
  applicable: ApplicablePolicies,
  request: ResolvedRequest,
  { leaveOpen, ask = askIndexed }: EvaluationMode,
): Evaluation {
  const tiers: TierEvaluation[] = [];
  let isOpen = false;
  for (const tier of applicable.tiers) {
    const evaluation = evaluateTier(tier, request, ask);
    tiers.push(evaluation);
    isOpen ||= evaluation.isOpen;
    if (!intersects(evaluation.outcomes, nothing)) {
      break;
    }
  }
  const closing = closeTiers(tiers, leaveOpen);
  const outcomes = foldTiers(tiers, closing.outcomes);
  return { applicable, tiers, closing, outcomes, isOpen };
}

/** What the tiers come to, each speaking where those above it say nothing, `closing` below the last. */
export function foldTiers(
  tiers: readonly Pick<TierEvaluation, "outcomes">[],
  closing: OutcomeSet,
): OutcomeSet {
  let outcomes = closing;
  for (let index = tiers.length - 1; index >= 0; index -= 1) {
    outcomes = orElse(tiers[index]?.outcomes ?? nothing, outcomes);
  }
  return outcomes;
}

/** What a group can come to, given whether it has a say and what its rules answer. */
export function combineGroup(
  { combining }: PolicyGroup,
  target: Truth,
  answers: readonly RuleAnswer[],
): OutcomeSet {
  if (target === "F") {
    return nothing;
  }
  const outcomes = combineAnswers(combining, answers);
  return target === "E" ? outcomes | nothing : outcomes;
}

function evaluateTier(tier: Tier, request: ResolvedRequest, ask: AskRules): TierEvaluation {
  const groups: GroupEvaluation[] = [];
  let outcomes = nothing;
  let isOpen = false;
  for (const group of tier.groups) {
    const evaluation = evaluateGroup(group, request, ask);
    groups.push(evaluation);
    outcomes = denyOverrides(outcomes, evaluation.outcomes);
    isOpen ||= evaluation.isOpen;
  }
  return { tier, groups, outcomes, isOpen };
}

function evaluateGroup(
  group: PolicyGroup,
  request: ResolvedRequest,
  ask: AskRules,
): GroupEvaluation {
  const target = group.target?.evaluate(request) ?? "T";
  const answers = target === "F" ? [] : ask(group.rules, request);
  return {
    group,
    target,
    answers,
    outcomes: combineGroup(group, target, answers),
    isOpen: target === "E" || hasOpenAnswer(answers),
  };
}

function hasOpenAnswer(answers: readonly RuleAnswer[]): boolean {
  for (const { certain } of answers) {
    if (!certain) {
      return true;
    }
  }
  return false;
}
