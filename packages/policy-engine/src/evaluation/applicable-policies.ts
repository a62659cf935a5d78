import type { SlotTable } from "../conditions/attribute-slots.js";
import type { CompiledGroup } from "../conditions/compiled-condition.js";
import type { CombiningAlgorithm } from "../document/policy-document.js";
import type { CompiledPolicy, NoticeSource, PlacedRule } from "./compiled-policy.js";
import { listRules, type RuleList } from "./rule-list.js";

/** Neighbouring policies whose rules are combined as if they were one list. */
export interface PolicyGroup {
  /** One policy, or several that have no target and let a Deny override. */
  readonly policies: readonly [CompiledPolicy, ...CompiledPolicy[]];
  /** When they have a say at all; absent when always. */
  readonly target: CompiledGroup | undefined;
  /** How their rules are combined. */
  readonly combining: CombiningAlgorithm;
  /** All their rules, in the order of policies and rules. */
  readonly rules: RuleList;
}

/** The policies of one priority. */
export interface Tier {
  /** The priority. */
  readonly priority: number;
  /** Each policy in one group, in the order of the permissions. */
  readonly groups: readonly PolicyGroup[];
}

/** What decides about one action on one resource. */
export interface ApplicablePolicies {
  /** Higher priorities first. */
  readonly tiers: readonly Tier[];
  /** The number of rules in all tiers. */
  readonly ruleCount: number;
  /** How much work the conditions of all of them can be. */
  readonly weight: number;
  /** Whether any policy or rule asks for something along with a decision. */
  readonly haveNotices: boolean;
}

/** A policy at the priority of one permission. */
export interface RankedPolicy {
  /** The permission's priority. */
  readonly priority: number;
  /** The permission's policy. */
  readonly policy: CompiledPolicy;
}

/** Sorts policies into tiers. One that is attached at several priorities stands at the highest. */
export function toApplicablePolicies(
  ranked: readonly RankedPolicy[],
  slots: SlotTable,
): ApplicablePolicies {
  const placed = new Set<CompiledPolicy>();
  const byPriority = new Map<number, CompiledPolicy[]>();
  for (const { priority, policy } of ranked.toSorted((a, b) => b.priority - a.priority)) {
    if (!placed.has(policy)) {
      placed.add(policy);
      const tier = byPriority.get(priority) ?? [];
      tier.push(policy);
      byPriority.set(priority, tier);
    }
  }
  return {
    tiers: [...byPriority].map(([priority, policies]) => ({
      priority,
      groups: toRuns(policies).map((run) => toGroup(run, slots)),
    })),
    ruleCount: [...placed].reduce((count, { rules }) => count + rules.length, 0),
    weight: [...placed].reduce((sum, policy) => sum + policy.weight, 0),
    haveNotices: [...placed].some((policy) => [policy, ...policy.rules].some(hasNotices)),
  };
}

function hasNotices({ obligations, advice }: NoticeSource): boolean {
  return obligations.length + advice.length > 0;
}

type Run = [CompiledPolicy, ...CompiledPolicy[]];

// Deny overrides does not care which policy a rule stands in, so that one index can serve many policies.
function toRuns(policies: readonly CompiledPolicy[]): Run[] {
  const runs: Run[] = [];
  for (const policy of policies) {
    const last = runs.at(-1);
    if (last !== undefined && isPlain(policy) && isPlain(last[0])) {
      last.push(policy);
    } else {
      runs.push([policy]);
    }
  }
  return runs;
}

function isPlain({ target, combining }: CompiledPolicy): boolean {
  return target === undefined && combining === "deny_overrides";
}

function toGroup(policies: Run, slots: SlotTable): PolicyGroup {
  const rules: PlacedRule[] = [];
  for (const policy of policies) {
    for (const rule of policy.rules) {
      rules.push({ policy, rule, position: rules.length });
    }
  }
  const [{ target, combining }] = policies;
  return { policies, target, combining, rules: listRules(rules, slots) };
}
