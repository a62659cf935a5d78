import type { Effect, PolicyNotice } from "../document/policy-document.js";
import { determiningAnswers, type RuleAnswer, settlingAnswers } from "./combining-algorithms.js";
import type { CompiledPolicy, CompiledRule } from "./compiled-policy.js";
import type { DeterminingRule, Notice } from "./decision-result.js";
import type { Evaluation, GroupEvaluation, TierEvaluation } from "./evaluate-policies.js";
import { intersects, nothing, outcomeOf } from "./outcome-set.js";

/** A policy, or one of its rules, that says the decision. */
interface Speaker {
  readonly policy: CompiledPolicy;
  readonly rule?: CompiledRule;
}

type Said = Pick<DeterminingRule, "effect" | "priority">;

/** The tier that said something in every world; `undefined` when the defaults had to close. */
export function decidingTier({ tiers }: Evaluation): TierEvaluation | undefined {
  const last = tiers.at(-1);
  return last === undefined || intersects(last.outcomes, nothing) ? undefined : last;
}

/** The rules and defaults that made a decision, in order. */
export function determiningRules(evaluation: Evaluation, effect: Effect): DeterminingRule[] {
  const determining: DeterminingRule[] = [];
  const decided = decidingTier(evaluation);
  if (decided === undefined) {
    for (const { policy, priority, effect: own } of evaluation.closing.defaults) {
      if (own === effect) {
        determining.push(determiningRule(policy, null, { effect, priority }));
      }
    }
    return determining;
  }
  const said = { effect, priority: decided.tier.priority };
  for (const evaluated of decided.groups) {
    if (evaluated.outcomes === outcomeOf[effect]) {
      addDetermining(evaluated, said, determining);
    }
  }
  return determining;
}

/** What goes along with a decision, in document order: of each policy its rules' first, then its own. */
export function decisionNotices(
  evaluation: Evaluation,
  effect: Effect,
  kind: "obligations" | "advice",
): Notice[] {
  return speakers(evaluation, effect).flatMap((speaker) => {
    const notices = (speaker.rule ?? speaker.policy)[kind];
    return notices.filter(({ on }) => on === effect).map((notice) => toNotice(notice, speaker));
  });
}

// Only what says the decision itself, and a Deny ends the asking, among policies as among rules.
function speakers(evaluation: Evaluation, effect: Effect): Speaker[] {
  const decided = decidingTier(evaluation);
  if (decided === undefined) {
    const closing = evaluation.closing.defaults.filter(
      (each) => each.certain && each.effect === effect,
    );
    return untilDenied(closing, effect).map(({ policy }) => ({ policy }));
  }
  const saying = decided.groups.filter(({ outcomes }) => outcomes === outcomeOf[effect]);
  return untilDenied(saying, effect).flatMap((said) => speakersOf(said, effect));
}

function untilDenied<Item>(items: readonly Item[], effect: Effect): readonly Item[] {
  return effect === "Deny" ? items.slice(0, 1) : items;
}

// An algorithm that closes by itself speaks for its policy, as a default does.
function addDetermining(
  { group, answers }: GroupEvaluation,
  said: Said,
  determining: DeterminingRule[],
): void {
  const asked = determiningAnswers(group.combining, answers);
  const before = determining.length;
  for (const { placed, certain } of asked) {
    if (certain && placed.rule.effect === said.effect) {
      determining.push(determiningRule(placed.policy, placed.rule.id, said));
    }
  }
  if (determining.length === before) {
    determining.push(determiningRule(group.policies[0], null, said));
  }
}

function speakersOf({ group, answers }: GroupEvaluation, effect: Effect): Speaker[] {
  const settling = settlingAnswers(group.combining, answers, effect);
  const speaking = settling.flatMap((answer, index) => {
    const speaker = toSpeaker(answer);
    const next = settling[index + 1]?.placed.policy;
    return next === speaker.policy ? [speaker] : [speaker, { policy: speaker.policy }];
  });
  return speaking.length === 0 ? [{ policy: group.policies[0] }] : speaking;
}

function toSpeaker({ placed: { policy, rule } }: RuleAnswer): Speaker {
  return { policy, rule };
}

/** A rule, or what closes where `ruleId` is `null`, as results name it. */
export function determiningRule(
  { id, version }: CompiledPolicy,
  ruleId: string | null,
  { effect, priority }: Said,
): DeterminingRule {
  return { policyId: id, policyVersion: version, ruleId, effect, priority };
}

function toNotice({ id, on, attributes = {} }: PolicyNotice, { policy, rule }: Speaker): Notice {
  const source = { id, on, attributes, policyId: policy.id };
  return rule === undefined ? source : { ...source, ruleId: rule.id };
}
