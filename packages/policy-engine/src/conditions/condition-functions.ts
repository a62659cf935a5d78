import type { GroupFunctionName, LeafFunctionName } from "../document/policy-document.js";
import type { FunctionDescription } from "./function-description.js";
import { groupFunctions } from "./group-functions.js";
import { leafFunctions } from "./leaf-functions.js";

/** One row of the table of condition functions. */
export interface ConditionFunction extends FunctionDescription {
  /** The canonical name. */
  readonly name: LeafFunctionName | GroupFunctionName;
}

/** Every condition function, for documentation and editors. */
export const conditionFunctions: readonly ConditionFunction[] = [
  ...leafFunctionNames().map((name) => describe(name, leafFunctions[name])),
  ...groupFunctionNames().map((name) => describe(name, groupFunctions[name])),
];

const canonicalNames: ReadonlyMap<string, string> = new Map(
  conditionFunctions.flatMap(({ name, aliases }) => aliases.map((alias) => [alias, name])),
);

/** The name a parsed policy carries for a function written as `name`. */
export function canonicalFunctionName(name: string): string {
  return canonicalNames.get(name) ?? name;
}

/** Whether `name` is the canonical name of a function on one attribute. */
export function isLeafFunctionName(name: string): name is LeafFunctionName {
  return Object.hasOwn(leafFunctions, name);
}

/** Whether `name` is the name of a function on other conditions. */
export function isGroupFunctionName(name: string): name is GroupFunctionName {
  return Object.hasOwn(groupFunctions, name);
}

/** Canonical names of the functions on one attribute, in the order of the table. */
export function leafFunctionNames(): readonly LeafFunctionName[] {
  return Object.keys(leafFunctions).filter(isLeafFunctionName);
}

/** Names of the functions on other conditions, in the order of the table. */
export function groupFunctionNames(): readonly GroupFunctionName[] {
  return Object.keys(groupFunctions).filter(isGroupFunctionName);
}

function describe(
  name: ConditionFunction["name"],
  { aliases, attributeType, valueType, options, summary, example }: FunctionDescription,
): ConditionFunction {
  return { name, aliases, attributeType, valueType, options, summary, example };
}
