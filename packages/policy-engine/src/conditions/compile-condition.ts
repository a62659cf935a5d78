import type { Condition, GroupCondition, LeafCondition } from "../document/policy-document.js";
import { isGroupFunctionName, isLeafFunctionName } from "./condition-functions.js";
import type { Atom, CompiledCondition, CompiledGroup } from "./compiled-condition.js";
import { groupFunctions } from "./group-functions.js";

/** Compiles conditions on one attribute, equal ones to the same atom. */
export type LeafCompiler = (condition: LeafCondition) => Atom;

/**
 * Turns a condition into closures.
 *
 * @throws TypeError when the condition did not come out of `parsePolicy`.
 */
export function compileCondition(
  condition: Condition,
  compileLeaf: LeafCompiler,
): CompiledCondition {
  if (isGroup(condition)) {
    return compileGroup(condition, compileLeaf);
  }
  if (isLeaf(condition)) {
    return compileLeaf(condition);
  }
  throw new TypeError("a condition names an unknown function; parse the policy first");
}

/** The conditions of a rule or a target, all of which have to hold. */
export function compileConjunction(
  conditions: readonly Condition[],
  compileLeaf: LeafCompiler,
): CompiledGroup {
  return compileGroup({ function: "all_of", conditions }, compileLeaf);
}

function compileGroup(group: GroupCondition, compileLeaf: LeafCompiler): CompiledGroup {
  const join = groupFunctions[group.function].joinOf(group);
  const members = group.conditions.map((member) => compileCondition(member, compileLeaf));
  return {
    kind: "group",
    source: group,
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
