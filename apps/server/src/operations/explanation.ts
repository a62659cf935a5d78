import type { ConditionError, DeterminingRule } from "@byot/api-contract";
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
