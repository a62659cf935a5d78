import type { SlotTable } from "../conditions/attribute-slots.js";
import { type QuickDecision, quickDecisionOf } from "./decide-quickly.js";
import { type ApplicablePolicies, toApplicablePolicies } from "./applicable-policies.js";
import type { CompiledPolicy } from "./compiled-policy.js";
import { type ConsultedAttribute, consultedAttributes } from "./consulted-attributes.js";

/** Attaches a policy to actions on a resource. */
export interface PermissionGrant {
  /**
   * The resource, or `*` for every one. The engine knows no reserved resources: whoever keeps some must
   * refuse them before asking.
   */
  readonly resource: string;
  /** The actions; one that is `*` stands for all of them. */
  readonly actions: readonly string[];
  /** A safe integer. Higher numbers are looked at first; lower ones only where those say nothing. */
  readonly priority: number;
  /** The policy that decides. */
  readonly policyId: string;
}

/** A permission with its policy. */
export interface Attachment {
  /** The permission. */
  readonly grant: PermissionGrant;
  /** Its policy. */
  readonly policy: CompiledPolicy;
}

/** The policies of one action on one resource, ready to decide. */
export interface PreparedPolicies extends ApplicablePolicies {
  /** Decides most requests; absent where every one has to be evaluated in full. */
  readonly decideQuickly: QuickDecision | undefined;
  /** What they look at; worked out when it is first asked for. */
  readonly attributes: () => readonly ConsultedAttribute[];
}

/** Finds what decides about an action on a resource; `undefined` when no permission matches. */
export type PermissionIndex = (resource: string, action: string) => PreparedPolicies | undefined;

const wildcard = "*";

/**
 * Indexes permissions by resource and action.
 *
 * What is remembered is bounded by the permissions: names that none of them mentions share one entry.
 */
export function indexPermissions(
  attachments: readonly Attachment[],
  slots: SlotTable,
): PermissionIndex {
  const named = attachments.map(({ grant }) => grant.resource);
  const byResource = rememberNamed(named, (resource) =>
    indexActions(
      attachments.filter(({ grant }) => covers([grant.resource], resource)),
      slots,
    ),
  );
  return (resource, action) => byResource(resource)(action);
}

function indexActions(
  attachments: readonly Attachment[],
  slots: SlotTable,
): (action: string) => PreparedPolicies | undefined {
  const named = attachments.flatMap(({ grant }) => grant.actions);
  return rememberNamed(named, (action) => {
    const matching = attachments.filter(({ grant }) => covers(grant.actions, action));
    const ranked = matching.map(({ grant, policy }) => ({ priority: grant.priority, policy }));
    if (ranked.length === 0) {
      return undefined;
    }
    const applicable = toApplicablePolicies(ranked, slots);
    let attributes: readonly ConsultedAttribute[] | undefined;
    return {
      ...applicable,
      decideQuickly: quickDecisionOf(applicable),
      attributes: () => (attributes ??= consultedAttributes(applicable)),
    };
  });
}

function covers(names: readonly string[], name: string): boolean {
  return names.includes(name) || names.includes(wildcard);
}

function rememberNamed<Value>(
  names: readonly string[],
  compute: (name: string) => Value,
): (name: string) => Value {
  const named = new Set(names);
  const known = new Map<string, { readonly value: Value }>();
  return (name) => {
    const hit = known.get(name);
    if (hit !== undefined) {
      return hit.value;
    }
    const key = named.has(name) ? name : wildcard;
    const entry = known.get(key) ?? { value: compute(key) };
    known.set(key, entry);
    return entry.value;
  };
}
