import { isGroupFunctionName, isLeafFunctionName } from "../conditions/condition-functions.js";
import { groupFunctions } from "../conditions/group-functions.js";
import { leafFunctions } from "../conditions/leaf-functions.js";
import type { DocumentPath } from "./policy-problem.js";

const specificationProperties = [
  "combining",
  "target",
  "rules",
  "default",
  "obligations",
  "advice",
];
const noticeProperties = ["id", "on", "attributes"];
const referenceProperties = ["attribute", "metadata_key", "metadata_path"];

const propertiesAfter: ReadonlyMap<PropertyKey | undefined, readonly string[]> = new Map([
  [undefined, ["name", "description", "specification", ...specificationProperties]],
  ["specification", specificationProperties],
  ["rules", ["rule_id", "description", "effect", "conditions", "obligations", "advice"]],
  ["default", ["effect"]],
  ["obligations", noticeProperties],
  ["advice", noticeProperties],
  ["value_from", referenceProperties],
  ["value", ["days", "from", "to", "time_zone", "holidays"]],
]);

/** What stands at a place of a document; only own properties are looked at. */
export function readAt(json: unknown, path: DocumentPath): unknown {
  return path.reduce<unknown>(
    (value, segment) =>
      typeof value === "object" && value !== null
        ? Object.getOwnPropertyDescriptor(value, segment)?.value
        : undefined,
    json,
  );
}

/** The function of the condition at a place; the empty string where there is none. */
export function functionAt(path: DocumentPath, json: unknown): string {
  const name = readAt(json, [...path, "function"]);
  return typeof name === "string" ? name : "";
}

/** The properties an object at a place may have. */
export function propertiesAt(path: DocumentPath, json: unknown): readonly string[] {
  const name = functionAt(path, json);
  if (isGroupFunctionName(name)) {
    return ["function", "conditions", ...(groupFunctions[name].needsNumber ? ["n"] : [])];
  }
  if (isLeafFunctionName(name)) {
    const { valueType, options } = leafFunctions[name];
    const value = valueType === null ? [] : ["value"];
    return ["function", ...referenceProperties, ...value, ...options];
  }
  const parent = path.findLast((segment) => typeof segment === "string");
  return propertiesAfter.get(parent) ?? [];
}
