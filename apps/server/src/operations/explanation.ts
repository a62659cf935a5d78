import type { ConditionError, DeterminingRule, NearestMiss } from "@byot/api-contract";
import type { CheckDecision } from "@byot/authorizer";

/** The rules a decision rests on, as they are answered. */
export function describeDetermining(
  determining: CheckDecision["determining"],
): readonly DeterminingRule[] {
  return determining.map(({ policyId, policyVersion, ruleId, effect, priority }) => ({
    policy: policyId,
    policyVersion,
    rule: ruleId,
    effect,
    priority,
  }));
}

/** The conditions that could not be evaluated, as they are answered. */
export function describeErrors(errors: CheckDecision["errors"]): readonly ConditionError[] {
  return errors.map(({ policyId, ruleId, ...error }) => ({
    ...error,
    policy: policyId,
    rule: ruleId,
  }));
}

/** The rules that came nearest to allowing, as they are answered. */
export function describeMisses(misses: CheckDecision["nearestMisses"]): readonly NearestMiss[] {
  return misses.map(({ policyId, policyVersion, ruleId, priority, sentence, changes }) => ({
    policy: policyId,
    policyVersion,
    rule: ruleId,
    priority,
    sentence,
    changes: changes.map(({ policyId: policy, ruleId: rule, ...change }) => ({
      ...change,
      policy,
      rule,
    })),
  }));
}
