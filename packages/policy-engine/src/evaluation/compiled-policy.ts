import { policyWeight } from "../conditions/condition-weight.js";
import type { ResolvedRequest } from "../conditions/attribute-slots.js";
import { compileConjunction, type LeafCompiler } from "../conditions/compile-condition.js";
import type { CompiledCondition, CompiledGroup } from "../conditions/compiled-condition.js";
import type { Truth } from "../conditions/truth.js";
import type {
  CombiningAlgorithm,
  Condition,
  Effect,
  PolicyDocument,
  PolicyNotice,
  PolicyRule,
} from "../document/policy-document.js";

/** One version of a policy, as it is attached to resources. */
export interface PolicyVersion {
  /** Unique among the policies of a plan; permissions and decisions name it. */
  readonly id: string;
  /** The version, reported with every decision it takes part in. */
  readonly version: number;
  /** What the policy says, as `parsePolicy` returned it. */
  readonly document: PolicyDocument;
}

/** What a rule or a policy asks for along with a decision. */
export interface NoticeSource {
  /** Duties. */
  readonly obligations: readonly PolicyNotice[];
  /** Hints. */
  readonly advice: readonly PolicyNotice[];
}

/** A rule as closures. */
export interface CompiledRule extends NoticeSource {
  /** The rule's id. */
  readonly id: string;
  /** What it says when it applies. */
  readonly effect: Effect;
  /** When it applies. */
  readonly condition: CompiledGroup;
}

/** A policy as closures. */
export interface CompiledPolicy extends NoticeSource {
  /** The policy's id. */
  readonly id: string;
  /** The policy's version. */
  readonly version: number;
  /** How its rules are combined. */
  readonly combining: CombiningAlgorithm;
  /** When it has a say at all; absent when always. */
  readonly target?: CompiledGroup;
  /** Its rules, in document order. */
  readonly rules: readonly CompiledRule[];
  /** How much work its conditions can be. */
  readonly weight: number;
  /** What it answers when no rule of any policy decided; absent when it abstains. */
  readonly defaultEffect?: Effect;
}

/** A rule together with the policy it belongs to. */
export interface PlacedRule {
  /** The policy. */
  readonly policy: CompiledPolicy;
  /** The rule. */
  readonly rule: CompiledRule;
  /** Its place among the rules it is listed with. */
  readonly position: number;
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
  const { combining = "deny_overrides", target = [], rules, ...rest } = document.specification;
  return {
    id,
    version,
    combining,
    weight: policyWeight(document.specification),
    ...(target.length === 0 ? {} : { target: compileAll(target, compileLeaf) }),
    rules: rules.map((rule) => compileRule(rule, compileLeaf)),
    ...compileNotices(rest),
    ...(rest.default === undefined ? {} : { defaultEffect: rest.default.effect }),
  };
}

function compileRule(rule: PolicyRule, compileLeaf: LeafCompiler): CompiledRule {
  return {
    id: rule.rule_id,
    effect: rule.effect,
    condition: compileAll(rule.conditions ?? [], compileLeaf),
    ...compileNotices(rule),
  };
}

function compileNotices({ obligations = [], advice = [] }: Partial<NoticeSource>): NoticeSource {
  return { obligations, advice };
}

// What every request runs through: the same answer as that of the group, without a closure per question.
function compileAll(conditions: readonly Condition[], compileLeaf: LeafCompiler): CompiledGroup {
  const group = compileConjunction(conditions, compileLeaf);
  const [first, ...others] = group.members;
  return first !== undefined && others.length === 0
    ? { ...group, evaluate: (request) => first.evaluate(request) }
    : { ...group, evaluate: (request) => evaluateAll(group.members, request) };
}

function evaluateAll(members: readonly CompiledCondition[], request: ResolvedRequest): Truth {
  let answer: Truth = "T";
  for (const member of members) {
    const truth = member.evaluate(request);
    if (truth === "F") {
      return "F";
    }
    answer = truth === "E" ? "E" : answer;
  }
  return answer;
}
