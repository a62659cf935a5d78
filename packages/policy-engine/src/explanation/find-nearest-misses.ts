import { attributeLabel } from "../conditions/attribute-reference.js";
import type { CompiledPolicy, CompiledRule } from "../evaluation/compiled-policy.js";
import { evaluatePolicies } from "../evaluation/evaluate-policies.js";
import { allow } from "../evaluation/outcome-set.js";
import { askAll } from "../evaluation/rule-list.js";
import { assumeChanges } from "./assume-changes.js";
import { attributeOrigin } from "./attribute-origin.js";
import type { Retold } from "./build-trace.js";
import {
  type Change,
  type Changes,
  changesOfMembers,
  mergeChanges,
  type Wish,
} from "./condition-changes.js";
import type { ConditionChange, NearestMiss } from "./nearest-miss.js";
import { phraseChange } from "./phrase-change.js";

/** An Allow rule, and changes that might make it count. */
interface Candidate {
  readonly policy: CompiledPolicy;
  readonly rule: CompiledRule;
  readonly priority: number;
  readonly changes: Changes;
}

/** How many candidates are tried, the nearest first; each costs as much as a decision. */
const maximumTrials = 100;

/**
 * Finds the rules that would allow with the fewest conditions changed, in document order.
 *
 * Each is tried: the whole decision is made again as if the conditions had answered otherwise, so that a
 * change that would wake a Deny rule is not offered.
 */
export function findNearestMisses(retold: Retold): NearestMiss[] {
  const candidates = listCandidates(retold);
  const found = new Map<CompiledRule, Candidate>();
  let fewest = Number.POSITIVE_INFINITY;
  for (const candidate of candidates.slice(0, maximumTrials)) {
    const { rule, changes } = candidate;
    if (changes.size <= fewest && !found.has(rule) && wouldAllow(retold, changes)) {
      found.set(rule, candidate);
      fewest = changes.size;
    }
  }
  return Array.from(found.values(), (candidate) => toMiss(retold, candidate));
}

function wouldAllow({ evaluation, request }: Retold, changes: Changes): boolean {
  const assumed = assumeChanges(request, changes);
  const mode = { leaveOpen: false, ask: askAll };
  return evaluatePolicies(evaluation.applicable, assumed, mode).outcomes === allow;
}

function listCandidates(retold: Retold): Candidate[] {
  const silence = silenceDenials(retold);
  const candidates = retold.evaluation.applicable.tiers.flatMap(({ priority, groups }) =>
    groups.flatMap(({ policies }) =>
      policies.flatMap((policy) =>
        policy.rules
          .filter(({ effect }) => effect === "Allow")
          .flatMap((rule) =>
            waysToAllow(retold, { policy, rule }, silence).map((changes) => ({
              policy,
              rule,
              priority,
              changes,
            })),
          ),
      ),
    ),
  );
  return candidates.toSorted((a, b) => a.changes.size - b.changes.size);
}

// On its own, and together with everything that keeps the Deny rules of the moment quiet.
function waysToAllow(
  retold: Retold,
  { policy, rule }: Pick<Candidate, "policy" | "rule">,
  silence: Changes | undefined,
): Changes[] {
  const alone = mergeKnown([
    policy.target === undefined ? new Map() : changesOfTarget(retold, policy),
    changesOfRule(retold, { policy, rule }, "T"),
  ]);
  const together = mergeKnown([alone, silence]);
  return [alone, together]
    .filter((changes) => changes !== undefined)
    .filter(({ size }) => size > 0);
}

function silenceDenials(retold: Retold): Changes | undefined {
  const denying = retold.evaluation.tiers.flatMap(({ groups }) =>
    groups.flatMap(({ answers }) => answers.filter(({ placed }) => placed.rule.effect === "Deny")),
  );
  return mergeKnown(denying.map(({ placed }) => changesOfRule(retold, placed, "F")));
}

function mergeKnown(all: readonly (Changes | undefined)[]): Changes | undefined {
  const known = all.filter((changes) => changes !== undefined);
  return known.length < all.length ? undefined : mergeChanges(known);
}

function changesOfRule(
  { request }: Retold,
  { policy, rule }: Pick<Candidate, "policy" | "rule">,
  wish: Wish,
): Changes | undefined {
  const owner = { policyId: policy.id, ruleId: rule.id };
  return changesOfMembers(rule.condition, { owner, path: "conditions", wish }, request);
}

function changesOfTarget({ request }: Retold, { id, target }: CompiledPolicy): Changes | undefined {
  const owner = { policyId: id, ruleId: null };
  return target && changesOfMembers(target, { owner, path: "target", wish: "T" }, request);
}

function toMiss(retold: Retold, { policy, rule, priority, changes }: Candidate): NearestMiss {
  const clauses = Array.from(changes.values(), ({ atom, wish }) =>
    phraseChange(atom.source, wish, retold.revealValues),
  );
  return {
    policyId: policy.id,
    policyVersion: policy.version,
    ruleId: rule.id,
    priority,
    changes: Array.from(changes.values(), (change) => toConditionChange(retold, change)),
    sentence: `rule \`${rule.id}\` would allow if ${[...new Set(clauses)].join(" and ")}`,
  };
}

function toConditionChange({ request, revealValues }: Retold, change: Change): ConditionChange {
  const { atom, owner, path, wish } = change;
  const { actual, expected } = atom.readOperands(request);
  return {
    ...owner,
    path,
    function: atom.source.function,
    attribute: attributeLabel(atom.source),
    origin: attributeOrigin(atom.source.attribute),
    mustHold: wish === "T",
    ...(revealValues && actual !== undefined ? { actual } : {}),
    ...(revealValues && expected !== undefined ? { expected } : {}),
  };
}
