import type { z } from "zod";
import {
  conditionFunctions,
  isGroupFunctionName,
  isLeafFunctionName,
} from "../conditions/condition-functions.js";
import { leafFunctions } from "../conditions/leaf-functions.js";
import type { ValueTypeName } from "../conditions/value-types.js";
import { nearestName } from "./nearest-name.js";
import { type DocumentPath, type LocatedProblem, quote } from "./policy-problem.js";

type Issue = z.core.$ZodIssue;

const functionNames = [
  ...conditionFunctions.map(({ name }) => name),
  ...conditionFunctions.flatMap(({ aliases }) => aliases),
];

const specificationProperties = [
  "combining",
  "target",
  "rules",
  "default",
  "obligations",
  "advice",
];
const noticeProperties = ["id", "on", "attributes"];

const propertiesAfter: ReadonlyMap<PropertyKey | undefined, readonly string[]> = new Map([
  [undefined, ["name", "description", "specification", ...specificationProperties]],
  ["specification", specificationProperties],
  ["rules", ["rule_id", "description", "effect", "conditions", "obligations", "advice"]],
  ["default", ["effect"]],
  ["obligations", noticeProperties],
  ["advice", noticeProperties],
]);

const referenceProperties = ["function", "attribute", "metadata_key"];
const comparisonProperties = [...referenceProperties, "value", "on_missing"];

/** Says what a refusal of the structure means in the terms of the policy language, each thing once. */
export function translateIssues(issues: readonly Issue[], json: unknown): LocatedProblem[] {
  const problems = issues.flatMap((issue) => translateIssue(issue, json));
  const byPlace = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
  return [...byPlace.values()];
}

function translateIssue(issue: Issue, json: unknown): LocatedProblem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownProperty(issue.path, key, json));
  }
  const found = readAt(json, issue.path);
  if (issue.code === "invalid_union" && issue.path.at(-1) === "function") {
    return [functionProblem(issue.path, found)];
  }
  const literal = issue.path.lastIndexOf("value");
  if (literal !== -1) {
    return [literalProblem(issue.path.slice(0, literal), json)];
  }
  return [propertyProblem(issue, found)];
}

function unknownProperty(path: DocumentPath, key: string, json: unknown): LocatedProblem {
  const suggestion = nearestName(key, propertiesAt(path, json));
  return {
    path: [...path, key],
    code: "UNKNOWN_PROPERTY",
    message: `unknown property ${quote(key)}`,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

function functionProblem(path: DocumentPath, found: unknown): LocatedProblem {
  if (typeof found !== "string") {
    return missingOrIllTyped(path, found, "a string");
  }
  const suggestion = nearestName(found, functionNames);
  return {
    path,
    code: "UNKNOWN_FUNCTION",
    message: `unknown function ${quote(found)}`,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

function literalProblem(condition: DocumentPath, json: unknown): LocatedProblem {
  const path = [...condition, "value"];
  const name = functionAt(condition, json);
  const found = readAt(json, path);
  const type = isLeafFunctionName(name) ? leafFunctions[name].valueType : null;
  if (found === undefined) {
    return { path, code: "VALUE_REQUIRED", message: `${quote(name)} needs a value` };
  }
  if (type === "integer" && isUnsafeInteger(found)) {
    return {
      path,
      code: "UNSAFE_INTEGER",
      message: "an integer beyond ±9007199254740991 has lost digits; write it as a string",
    };
  }
  return {
    path,
    code: "VALUE_TYPE",
    message: `${quote(name)} needs ${type === null ? "no value" : literalNames[type]} as its value`,
  };
}

function propertyProblem(issue: Issue, found: unknown): LocatedProblem {
  return issue.code === "invalid_type" || found === undefined
    ? missingOrIllTyped(issue.path, found, expectedKind(issue))
    : { path: issue.path, code: "PROPERTY_VALUE", message: issue.message };
}

function missingOrIllTyped(path: DocumentPath, found: unknown, expected: string): LocatedProblem {
  return found === undefined && path.length > 0
    ? { path, code: "PROPERTY_REQUIRED", message: `${quote(String(path.at(-1)))} is required` }
    : { path, code: "PROPERTY_TYPE", message: `must be ${expected}` };
}

function expectedKind(issue: Issue): string {
  return issue.code === "invalid_type"
    ? (kindNames.get(issue.expected) ?? issue.expected)
    : "a string";
}

const literalNames = {
  string: "a string",
  integer: "an integer, or a string of digits without leading zeros,",
  boolean: "true or false",
  string_set: "a list of strings",
  string_list: "a list of strings",
} as const satisfies Record<ValueTypeName, string>;

const kindNames: ReadonlyMap<string, string> = new Map([
  ["string", "a string"],
  ["object", "an object"],
  ["array", "an array"],
]);

function propertiesAt(path: DocumentPath, json: unknown): readonly string[] {
  const name = functionAt(path, json);
  if (isGroupFunctionName(name)) {
    return ["function", "conditions"];
  }
  if (isLeafFunctionName(name)) {
    return leafFunctions[name].valueType === null ? referenceProperties : comparisonProperties;
  }
  const parent = path.findLast((segment) => typeof segment === "string");
  return propertiesAfter.get(parent) ?? [];
}

function functionAt(path: DocumentPath, json: unknown): string {
  const name = readAt(json, [...path, "function"]);
  return typeof name === "string" ? name : "";
}

function isUnsafeInteger(found: unknown): boolean {
  return Number.isInteger(found) && !Number.isSafeInteger(found);
}

function readAt(json: unknown, path: DocumentPath): unknown {
  return path.reduce<unknown>(
    (value, segment) =>
      typeof value === "object" && value !== null
        ? Object.getOwnPropertyDescriptor(value, segment)?.value
        : undefined,
    json,
  );
}
