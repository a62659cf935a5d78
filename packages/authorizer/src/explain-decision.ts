import type { ConditionError, DeterminingRule } from "@byot/policy-engine";
import type { CheckDecision, DecisionReason } from "./check.js";

/** What {@link explainDecision} needs of a decision, and what was asked. */
export interface Explainable extends Pick<
  CheckDecision,
  "reason" | "determining" | "errors" | "missing"
> {
  /** The resource asked for. */
  readonly resource: string;
  /** The action asked for. */
  readonly action: string;
}

const sentences: Readonly<Record<DecisionReason, (decision: Explainable) => string>> = {
  allowed_by_rule: ({ determining }) => `${rules(determining)} allows it`,
  denied_by_rule: ({ determining }) => `${rules(determining)} denies it`,
  allowed_by_default: ({ determining }) =>
    `no rule decided, and ${defaults(determining, ["allows", "allow"])}`,
  denied_by_default: ({ determining }) =>
    `no rule allows it, and ${defaults(determining, ["denies", "deny"])}`,
  no_rule_matched: () => "no rule of any policy matched, and none has a default",
  no_permission: ({ resource, action }) => `no permission covers \`${action}\` on \`${resource}\``,
  undetermined: ({ errors }) => undetermined(errors),
  admin_resource_forbidden: ({ resource }) =>
    `\`${resource}\` is administrative and closed to external principals, whatever a policy says`,
  unknown_resource: ({ resource }) => `the workspace has no resource \`${resource}\``,
  unknown_action: ({ resource, action }) => `\`${resource}\` has no action \`${action}\``,
  limit_exceeded: () => "the request or its policies are larger than can be decided",
  internal_error: () => "the decision could not be made",
};

/** A decision in one sentence, with the names of policies, rules and attributes, and never a value. */
export function explainDecision(decision: Explainable): string {
  return sentences[decision.reason](decision);
}

function rules(determining: readonly DeterminingRule[]): string {
  const [first, ...others] = determining;
  const named = `rule \`${first?.ruleId ?? ""}\` of policy \`${first?.policyId ?? ""}\``;
  return others.length === 0 ? named : `${named} (with ${others.length} more)`;
}

function defaults(
  determining: readonly DeterminingRule[],
  [verbOfOne, verbOfSeveral]: readonly [string, string],
): string {
  const policies = new Set(determining.map(({ policyId }) => `policy \`${policyId}\``));
  const verb = policies.size === 1 ? verbOfOne : verbOfSeveral;
  return `${[...policies].join(" and ")} ${verb} by default`;
}

function undetermined(errors: readonly ConditionError[]): string {
  const first = errors.find(({ decisive }) => decisive) ?? errors[0];
  if (first === undefined) {
    return "a condition could not be evaluated";
  }
  const subject = first.ruleId === null ? "the target" : `rule \`${first.ruleId}\``;
  const what =
    first.code === "missing_attribute" ? "is missing" : `is not a valid ${first.expected}`;
  return `\`${first.attribute}\` ${what}, so ${subject} of policy \`${first.policyId}\` could go either way`;
}
