import type { GroupCondition, LeafCondition } from "../document/policy-document.js";
import { isContradiction } from "./contradictions.js";
import { hint, type LocatedFinding, type PolicyHintCode } from "./finding.js";
import type { Placed } from "./walk-conditions.js";

const emptyAnswers = {
  all_of: "CONDITION_ALWAYS_TRUE",
  none_of: "CONDITION_ALWAYS_TRUE",
  any_of: "CONDITION_NEVER_TRUE",
} as const satisfies Record<string, PolicyHintCode>;

/** Groups whose answer does not depend on any request. */
export function findGroupHints({ condition, path }: Placed<GroupCondition>): LocatedFinding[] {
  const { function: name, conditions, n = 1 } = condition;
  if (name === "at_least") {
    return [
      ...(n <= 0 ? [hint("CONDITION_ALWAYS_TRUE", path, "needs none of its conditions")] : []),
      ...(n > conditions.length
        ? [hint("CONDITION_NEVER_TRUE", path, "needs more conditions than it has")]
        : []),
    ];
  }
  return name !== "not" && conditions.length === 0
    ? [hint(emptyAnswers[name], path, `\`${name}\` has no conditions`)]
    : [];
}

/** Conditions that no value of their attribute makes true, whatever else there is. */
export function findLeafHints({ condition, path }: Placed<LeafCondition>): LocatedFinding[] {
  return isContradiction([condition])
    ? [
        hint(
          "CONDITION_NEVER_TRUE",
          [...path, "value"],
          "no value of the attribute makes this true",
        ),
      ]
    : [];
}
