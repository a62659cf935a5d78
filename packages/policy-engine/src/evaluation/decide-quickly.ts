import type { ResolvedRequest } from "../conditions/attribute-slots.js";
import type { Effect } from "../document/policy-document.js";
import type { ApplicablePolicies, PolicyGroup, Tier } from "./applicable-policies.js";
import type { RuleAnswer } from "./combining-algorithms.js";
import { determiningRule } from "./deciding-path.js";
import type { DecisionReason, DecisionResult, DeterminingRule } from "./decision-result.js";
import { makeResult } from "./make-result.js";
import { askIndexed } from "./rule-list.js";

/** Decides requests that leave nothing open; `undefined` for any other. */
export type QuickDecision = (request: ResolvedRequest) => DecisionResult | undefined;

const reasons = {
  Allow: { rule: "allowed_by_rule", default: "allowed_by_default" },
  Deny: { rule: "denied_by_rule", default: "denied_by_default" },
} as const satisfies Record<Effect, Record<string, DecisionReason>>;

/**
 * What almost every workspace has: policies of one priority that let a Deny override, have no target, ask for
 * nothing along with a decision, and close with a default. Where every rule has an answer, so has the whole,
 * without weighing what might be; where one has none, everything is evaluated in full.
 */
export function quickDecisionOf({
  tiers,
  haveNotices,
}: ApplicablePolicies): QuickDecision | undefined {
  const [tier, ...others] = tiers;
  const [group, ...rest] = tier?.groups ?? [];
  if (tier === undefined || group === undefined || others.length + rest.length > 0) {
    return undefined;
  }
  const fallback = fallbackOf(group);
  const isPlain = group.target === undefined && group.combining === "deny_overrides";
  return isPlain && !haveNotices && fallback !== undefined
    ? decideGroup(tier, group, fallback)
    : undefined;
}

function fallbackOf({ policies }: PolicyGroup): Effect | undefined {
  const defaults = new Set(policies.map(({ defaultEffect }) => defaultEffect));
  return (["Deny", "Allow"] as const).find((effect) => defaults.has(effect));
}

function decideGroup(
  { priority }: Tier,
  { policies, rules }: PolicyGroup,
  fallback: Effect,
): QuickDecision {
  const closing = policies.filter(({ defaultEffect }) => defaultEffect === fallback);
  return (request) => {
    const answers = askIndexed(rules, request);
    const effect = effectOf(answers, fallback);
    if (effect === undefined) {
      return undefined;
    }
    const determining: DeterminingRule[] = [];
    for (const { placed } of answers) {
      if (placed.rule.effect === effect) {
        determining.push(determiningRule(placed.policy, placed.rule.id, { effect, priority }));
      }
    }
    for (const policy of answers.length === 0 ? closing : []) {
      determining.push(determiningRule(policy, null, { effect, priority }));
    }
    const reason = reasons[effect][answers.length === 0 ? "default" : "rule"];
    return makeResult({ decision: effect, reason, determining });
  };
}

function effectOf(answers: readonly RuleAnswer[], fallback: Effect): Effect | undefined {
  let effect: Effect = answers.length === 0 ? fallback : "Allow";
  for (const { placed, certain } of answers) {
    if (!certain) {
      return undefined;
    }
    if (placed.rule.effect === "Deny") {
      effect = "Deny";
    }
  }
  return effect;
}
