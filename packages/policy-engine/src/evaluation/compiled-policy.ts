import { compileConjunction, type LeafCompiler } from "../conditions/compile-condition.js";
import type { CompiledCondition } from "../conditions/compiled-condition.js";
import type { Effect, PolicyDocument, PolicyRule } from "../document/policy-document.js";

/** One version of a policy, as it is attached to resources. */
export interface PolicyVersion {
  /** Unique among the policies of a plan; permissions and decisions name it. */
  readonly id: string;
  /** The version, reported with every decision it takes part in. */
  readonly version: number;
  /** What the policy says, as `parsePolicy` returned it. */
  readonly document: PolicyDocument;
}

/** A rule as closures. */
export interface CompiledRule {
  /** The rule's id. */
  readonly id: string;
  /** What it says when it applies. */
  readonly effect: Effect;
  /** When it applies. */
  readonly condition: CompiledCondition;
}

/** A policy as closures. */
export interface CompiledPolicy {
  /** The policy's id. */
  readonly id: string;
  /** The policy's version. */
  readonly version: number;
  /** Its rules, in document order. */
  readonly rules: readonly CompiledRule[];
  /** What it answers when no rule of any policy decided; absent when it abstains. */
  readonly defaultEffect?: Effect;
}

/** A rule together with the policy it belongs to. */
export interface PlacedRule {
  /** The policy. */
  readonly policy: CompiledPolicy;
  /** The rule. */
  readonly rule: CompiledRule;
}

/**
 * Turns one version of a policy into closures.
 *
 * @throws TypeError when its document did not come out of `parsePolicy`.
 */
export function compilePolicy(
  { id, version, document }: PolicyVersion,
  compileLeaf: LeafCompiler,
): CompiledPolicy {
  const { rules, default: fallback } = document.specification;
  return {
    id,
    version,
    rules: rules.map((rule) => compileRule(rule, compileLeaf)),
    ...(fallback === undefined ? {} : { defaultEffect: fallback.effect }),
  };
}

function compileRule(
  { rule_id: id, effect, conditions = [] }: PolicyRule,
  compileLeaf: LeafCompiler,
): CompiledRule {
  return { id, effect, condition: compileConjunction(conditions, compileLeaf) };
}
