import type { z } from "zod";
import { checkSpecification } from "./check-specification.js";
import { copyJson } from "./copy-json.js";
import type { PolicyDocument, PolicySpecification } from "./policy-document.js";
import {
  type LocatedProblem,
  maximumProblems,
  type PolicyProblem,
  withPointer,
} from "./policy-problem.js";
import { documentShape, specificationShape } from "./policy-shape.js";
import { translateIssues } from "./translate-issues.js";

/** What was read, or what is wrong with it. */
export type Result<Value, Problem> =
  | {
      /** Tells success from failure. */
      readonly ok: true;
      /** What was read. */
      readonly value: Value;
    }
  | {
      /** Tells failure from success. */
      readonly ok: false;
      /** What is wrong. */
      readonly error: Problem;
    };

/**
 * Reads a policy from untrusted JSON.
 *
 * Nothing unknown is ignored, aliases come back as canonical names, and the value shares nothing with
 * what was given. Never throws on JSON, however large, deep or odd; at most 100 problems are reported.
 */
export function parsePolicy(json: unknown): Result<PolicyDocument, readonly PolicyProblem[]> {
  const result = readDocument(json);
  return result.ok ? result : { ok: false, error: result.error.map(withPointer) };
}

/** Reads a whole document, with problems whose paths are not yet written as pointers. */
export function readDocument(json: unknown): Result<PolicyDocument, readonly LocatedProblem[]> {
  return readJson(json, documentShape, ({ specification }) =>
    checkSpecification(specification, ["specification"]),
  );
}

/** Reads a specification on its own, with problems whose paths are not yet written as pointers. */
export function readSpecification(
  json: unknown,
): Result<PolicySpecification, readonly LocatedProblem[]> {
  return readJson(json, specificationShape, (specification) =>
    checkSpecification(specification, []),
  );
}

function readJson<Value>(
  json: unknown,
  shape: z.ZodType<Value>,
  check: (value: Value) => readonly LocatedProblem[],
): Result<Value, readonly LocatedProblem[]> {
  const { copy, problems } = copyJson(json);
  if (problems.length > 0) {
    return { ok: false, error: problems };
  }
  const parsed = shape.safeParse(copy);
  const found = parsed.success ? check(parsed.data) : translateIssues(parsed.error.issues, copy);
  return parsed.success && found.length === 0
    ? { ok: true, value: parsed.data }
    : { ok: false, error: found.slice(0, maximumProblems) };
}
