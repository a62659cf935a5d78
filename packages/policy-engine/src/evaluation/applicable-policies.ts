import type { Effect } from "../document/policy-document.js";
import type { CompiledPolicy, PlacedRule } from "./compiled-policy.js";
import type { DecisionReason, DeterminingRule } from "./decision-result.js";

/** The policies of one priority. */
export interface Tier {
  /** The priority. */
  readonly priority: number;
  /** Each policy once, in the order of the permissions. */
  readonly policies: readonly CompiledPolicy[];
  /** All their rules, in the order of policies and rules. */
  readonly rules: readonly PlacedRule[];
}

/** What is answered where no rule of any tier says anything. */
export interface Closing {
  /** The answer. */
  readonly effect: Effect;
  /** Whether a default gave it or nothing did. */
  readonly reason: DecisionReason;
  /** The defaults that gave it. */
  readonly determining: readonly DeterminingRule[];
}

/** What decides about one action on one resource. */
export interface ApplicablePolicies {
  /** Higher priorities first. */
  readonly tiers: readonly Tier[];
  /** The answer below the last tier. */
  readonly closing: Closing;
  /** The number of rules in all tiers. */
  readonly ruleCount: number;
}

/** A policy at the priority of one permission. */
export interface RankedPolicy {
  /** The permission's priority. */
  readonly priority: number;
  /** The permission's policy. */
  readonly policy: CompiledPolicy;
}

/** Sorts policies into tiers. One that is attached at several priorities stands at the highest. */
export function toApplicablePolicies(ranked: readonly RankedPolicy[]): ApplicablePolicies {
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
  const tiers = [...byPriority].map(([priority, policies]) => toTier(priority, policies));
  return {
    tiers,
    closing: closeWithDefaults(tiers),
    ruleCount: tiers.reduce((count, { rules }) => count + rules.length, 0),
  };
}

function toTier(priority: number, policies: readonly CompiledPolicy[]): Tier {
  const rules = policies.flatMap((policy) => policy.rules.map((rule) => ({ policy, rule })));
  return { priority, policies, rules };
}

// Defaults are weak: one Deny among them wins over any Allow, and where there is none the answer is Deny.
function closeWithDefaults(tiers: readonly Tier[]): Closing {
  const denying = defaultsOf(tiers, "Deny");
  if (denying.length > 0) {
    return { effect: "Deny", reason: "denied_by_default", determining: denying };
  }
  const allowing = defaultsOf(tiers, "Allow");
  return allowing.length > 0
    ? { effect: "Allow", reason: "allowed_by_default", determining: allowing }
    : { effect: "Deny", reason: "no_rule_matched", determining: [] };
}

function defaultsOf(tiers: readonly Tier[], effect: Effect): DeterminingRule[] {
  return tiers.flatMap(({ priority, policies }) =>
    policies
      .filter(({ defaultEffect }) => defaultEffect === effect)
      .map(({ id, version }) => ({
        policyId: id,
        policyVersion: version,
        ruleId: null,
        effect,
        priority,
      })),
  );
}
