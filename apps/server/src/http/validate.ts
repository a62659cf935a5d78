import { findJsonMistake, type ProblemItem } from "@byot/api-contract";
import type { z } from "zod";
import { done, type Outcome, refused } from "../operations/outcome.js";
import { toPointer } from "./json-pointer.js";

/**
 * Reads a value with a schema; every mistake is listed with its place. Text that not every database can keep, and
 * nesting without end, are refused before the schema looks at the value.
 */
export function validate<Value>(schema: z.ZodType<Value>, value: unknown): Outcome<Value> {
  const mistake = findJsonMistake(value);
  if (mistake !== undefined) {
    return invalid([{ ...mistake, path: toPointer(mistake.path) }]);
  }
  const read = schema.safeParse(value);
  return read.success ? done(read.data) : invalid(read.error.issues.flatMap(toItems));
}

function invalid(errors: readonly ProblemItem[]): Outcome<never> {
  const [first] = errors;
  const detail = first === undefined ? "the request is invalid" : describe(first);
  return refused({ code: "request_invalid", detail, errors });
}

function describe({ path, message }: ProblemItem): string {
  return path === "" ? message : `\`${path}\`: ${message}`;
}

// zod reports all unknown keys of an object at once, with the object's path.
function toItems(issue: z.core.$ZodIssue): readonly ProblemItem[] {
  if (issue.code !== "unrecognized_keys") {
    return [{ path: toPointer(issue.path), code: issue.code, message: issue.message }];
  }
  return issue.keys.map((key) => ({
    path: toPointer([...issue.path, key]),
    code: "unknown_field",
    message: "is not a known field",
  }));
}
