import type { z } from "zod";
import { conditionFunctions } from "../conditions/condition-functions.js";
import { functionAt, propertiesAt, readAt } from "./document-context.js";
import { literalProblem } from "./literal-problem.js";
import { nearestName, suggest } from "./nearest-name.js";
import {
  type DocumentPath,
  type LocatedProblem,
  maximumProblems,
  quote,
} from "./policy-problem.js";
import { unknownTimeZone } from "./unknown-time-zone.js";

type Issue = z.core.$ZodIssue;

const functionNames = [
  ...conditionFunctions.map(({ name }) => name),
  ...conditionFunctions.flatMap(({ aliases }) => aliases),
];

const kindNames: ReadonlyMap<string, string> = new Map([
  ["string", "a string"],
  ["object", "an object"],
  ["array", "an array"],
  ["int", "an integer"],
  ["number", "an integer"],
]);

/** Says what a refusal of the structure means in the terms of the policy language, each thing once. */
export function translateIssues(issues: readonly Issue[], json: unknown): LocatedProblem[] {
  const byPlace = new Map<string, LocatedProblem>();
  for (const issue of issues) {
    // What is not reported is not worded: looking for the nearest name is work.
    if (byPlace.size >= maximumProblems) {
      break;
    }
    for (const problem of translateIssue(issue, json)) {
      byPlace.set(JSON.stringify(problem), problem);
    }
  }
  return [...byPlace.values()];
}

function translateIssue(issue: Issue, json: unknown): LocatedProblem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys
      .slice(0, maximumProblems)
      .map((key) => unknownProperty(issue.path, key, json));
  }
  const found = readAt(json, issue.path);
  if (issue.code === "invalid_union" && issue.path.at(-1) === "function") {
    return [functionProblem(issue.path, found)];
  }
  const literal = issue.path.lastIndexOf("value");
  if (literal !== -1) {
    return [literalProblem(issue.path.slice(0, literal), json)];
  }
  return issue.path.at(-1) === "time_zone" && typeof found === "string"
    ? [unknownTimeZone(issue.path, found)]
    : [propertyProblem(issue, found)];
}

function unknownProperty(path: DocumentPath, key: string, json: unknown): LocatedProblem {
  return {
    path: [...path, key],
    code: "UNKNOWN_PROPERTY",
    message: `unknown property ${quote(key)}${notTaken(path, key, json)}`,
    ...suggest(nearestName(key, propertiesAt(path, json))),
  };
}

// An option of the language that this function does not take is no slip of the keyboard.
function notTaken(path: DocumentPath, key: string, json: unknown): string {
  const name = functionAt(path, json);
  const isOption = conditionFunctions.some(({ options }) => options.some((each) => each === key));
  return isOption && name !== "" ? `: ${quote(name)} does not take it` : "";
}

function functionProblem(path: DocumentPath, found: unknown): LocatedProblem {
  return typeof found === "string"
    ? {
        path,
        code: "UNKNOWN_FUNCTION",
        message: `unknown function ${quote(found)}`,
        ...suggest(nearestName(found, functionNames)),
      }
    : missingOrIllTyped(path, found, "a string");
}

function propertyProblem(issue: Issue, found: unknown): LocatedProblem {
  return issue.code === "invalid_type" || found === undefined
    ? missingOrIllTyped(issue.path, found, expectedKind(issue))
    : { path: issue.path, code: "PROPERTY_VALUE", message: messageOf(issue) };
}

function messageOf(issue: Issue): string {
  return issue.code === "invalid_union" ? "must be a string or a number" : issue.message;
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
