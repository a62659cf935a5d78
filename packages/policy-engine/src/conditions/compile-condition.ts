import type { Condition, GroupCondition, LeafCondition } from "../document/policy-document.js";
import { isGroupFunctionName, isLeafFunctionName } from "./condition-functions.js";
import type { CompiledCondition } from "./compiled-condition.js";
import { groupFunctions } from "./group-functions.js";
import { leafFunctions } from "./leaf-functions.js";

/**
 * Turns a condition into closures.
 *
 * @throws TypeError when the condition did not come out of `parsePolicy`.
 */
export function compileCondition(condition: Condition): CompiledCondition {
  if (isGroup(condition)) {
    return compileGroup(condition);
  }
  if (isLeaf(condition)) {
    return leafFunctions[condition.function].compile(condition);
  }
  throw new TypeError("a condition names an unknown function; parse the policy first");
}

/** The conditions of a rule, all of which have to hold. */
export function compileConjunction(conditions: readonly Condition[]): CompiledCondition {
  return compileGroup({ function: "all_of", conditions });
}

function compileGroup({ function: name, conditions }: GroupCondition): CompiledCondition {
  const { join } = groupFunctions[name];
  const members = conditions.map(compileCondition);
  return {
    kind: "group",
    members,
    evaluate: (request) => join(members, (member) => member.evaluate(request)),
  };
}

function isGroup(condition: Condition): condition is GroupCondition {
  return isGroupFunctionName(condition.function);
}

function isLeaf(condition: Condition): condition is LeafCondition {
  return isLeafFunctionName(condition.function);
}
