import type { ResolvedRequest } from "../conditions/attribute-slots.js";
import type { CompiledGroup } from "../conditions/compiled-condition.js";
import type { Truth } from "../conditions/truth.js";
import type { Effect } from "../document/policy-document.js";
import type { Tier } from "../evaluation/applicable-policies.js";
import type { RuleAnswer } from "../evaluation/combining-algorithms.js";
import type { CompiledPolicy, CompiledRule } from "../evaluation/compiled-policy.js";
import {
  combineGroup,
  type Evaluation,
  type GroupEvaluation,
  type TierEvaluation,
} from "../evaluation/evaluate-policies.js";
import { traceConditions } from "./trace-conditions.js";
import { type TraceNode, traceOutcomes, type TraceValue } from "./trace-node.js";

/** A decision to be retold. */
export interface Retold {
  /** What the policies said. */
  readonly evaluation: Evaluation;
  /** The request they said it about. */
  readonly request: ResolvedRequest;
  /** Whether values of attributes and literals may be seen. */
  readonly revealValues: boolean;
}

/** Retells a decision as a tree, from all permissions down to the single conditions. */
export function buildTrace(retold: Retold, reason: string): TraceNode {
  const { evaluation } = retold;
  return {
    kind: "set",
    id: "permissions",
    value: traceOutcomes(evaluation.outcomes),
    because: reason,
    children: evaluation.applicable.tiers.map((tier, index) =>
      traceTier(retold, tier, evaluation.tiers[index]),
    ),
  };
}

function traceTier(retold: Retold, tier: Tier, said: TierEvaluation | undefined): TraceNode {
  const node = { kind: "tier", id: String(tier.priority) } as const;
  return said === undefined
    ? { ...node, value: "skipped", because: "a higher priority decided" }
    : {
        ...node,
        value: traceOutcomes(said.outcomes),
        children: said.groups.flatMap((group) => traceGroup(retold, group)),
      };
}

function traceGroup(retold: Retold, { group, target, answers }: GroupEvaluation): TraceNode[] {
  const byPolicy = new Map(group.policies.map((policy) => [policy, [] as RuleAnswer[]]));
  for (const answer of answers) {
    byPolicy.get(answer.placed.policy)?.push(answer);
  }
  return Array.from(byPolicy, ([policy, own]) => ({
    kind: "policy",
    id: policy.id,
    value: traceOutcomes(combineGroup(group, target, own)),
    ...because(policy, target),
    children: [
      ...(policy.target === undefined ? [] : [traceTarget(retold, policy.target, target)]),
      ...traceRules(retold, policy, target),
    ],
  }));
}

function because(policy: CompiledPolicy, target: Truth): Pick<TraceNode, "because"> {
  if (target === "F") {
    return { because: "its target does not hold" };
  }
  const { defaultEffect } = policy;
  return defaultEffect === undefined
    ? {}
    : { because: `where no rule decides, its default is ${defaultEffect}` };
}

function traceTarget(retold: Retold, { members }: CompiledGroup, value: Truth): TraceNode {
  return {
    kind: "target",
    id: "target",
    value,
    children: traceConditions(retold, members, "target"),
  };
}

function traceRules(retold: Retold, policy: CompiledPolicy, target: Truth): TraceNode[] {
  let isSkipped = target === "F";
  return policy.rules.map((rule): TraceNode => {
    if (isSkipped) {
      return { kind: "rule", id: rule.id, value: "skipped" };
    }
    const truth = rule.condition.evaluate(retold.request);
    isSkipped = policy.combining === "first_applicable" && truth !== "F";
    return traceRule(retold, rule, truth);
  });
}

const undeterminedValues = {
  Allow: "Ind{P}",
  Deny: "Ind{D}",
} as const satisfies Record<Effect, TraceValue>;

function traceRule(
  retold: Retold,
  { id, effect, condition }: CompiledRule,
  truth: Truth,
): TraceNode {
  const spoken = truth === "T" ? effect : undeterminedValues[effect];
  return {
    kind: "rule",
    id,
    value: truth === "F" ? "NotApplicable" : spoken,
    children: traceConditions(retold, condition.members, "conditions"),
  };
}
