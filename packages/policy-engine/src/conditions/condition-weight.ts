import { estimateProgramSize } from "../values/estimate-program-size.js";
import type { Condition, PolicySpecification } from "../document/policy-document.js";

/** The most that the conditions of one policy may weigh; a plain condition weighs 1. */
export const maximumPolicyWeight = 5_000;

// What a pattern costs grows with its size times the text's.
const sizePerWeight = 4;
const patternSizes: ReadonlyMap<string, (pattern: string) => number> = new Map([
  ["string_regexp_match", estimateProgramSize],
  ["string_like", (pattern: string) => pattern.length],
  ["string_not_like", (pattern: string) => pattern.length],
]);

/** What all conditions of a policy weigh together: how much work a decision by it can be. */
export function policyWeight({ target = [], rules }: PolicySpecification): number {
  return rules.reduce(
    (sum, { conditions = [] }) => sum + conditionsWeight(conditions),
    conditionsWeight(target),
  );
}

function conditionsWeight(conditions: readonly Condition[]): number {
  return conditions.reduce((sum, condition) => sum + conditionWeight(condition), 0);
}

function conditionWeight(condition: Condition): number {
  if ("conditions" in condition) {
    return 1 + conditionsWeight(condition.conditions);
  }
  const { value } = condition;
  const size =
    typeof value === "string" ? patternSizes.get(condition.function)?.(value) : undefined;
  return 1 + Math.floor((size ?? 0) / sizePerWeight);
}
