import { type Problem, problemCatalogue } from "@byot/api-contract";
import type { OperationProblem } from "../operations/outcome.js";
import type { RawFields } from "./header-fields.js";
import type { Reply } from "./reply.js";

// An answer lists no more mistakes than a person reads: a body can make more of them than it has bytes to spare.
const mostErrors = 50;

/** A problem as `application/problem+json` (RFC 9457). */
export function problemReply(problem: OperationProblem, requestId: string): Reply {
  const { status, title, fix } = problemCatalogue[problem.code];
  const body: Problem = {
    type: `urn:byot:problem:${problem.code}`,
    title,
    status,
    detail: onOneLine(problem.detail),
    code: problem.code,
    fix,
    requestId,
    ...(problem.errors === undefined ? {} : { errors: problem.errors.slice(0, mostErrors) }),
  };
  return {
    status,
    fields: [
      ...problemFields(problem),
      // Some problems, such as a 404, would be kept by caches unless told otherwise.
      "Cache-Control",
      "no-store",
      "Content-Type",
      "application/problem+json; charset=utf-8",
    ],
    text: JSON.stringify(body),
  };
}

/** The header fields that go with a problem, in whatever form it is answered. */
export function problemFields(problem: OperationProblem): RawFields {
  const { status, ...kind } = problemCatalogue[problem.code];
  const challenge = authenticationChallenge(problem.code, status);
  const retryAfter = problem.retryAfterSeconds ?? kind.retryAfterSeconds;
  return [
    ...(challenge === undefined ? [] : ["WWW-Authenticate", challenge]),
    ...(retryAfter === undefined ? [] : ["Retry-After", wholeSeconds(retryAfter)]),
  ];
}

function wholeSeconds(seconds: number): string {
  return String(Math.max(1, Math.ceil(seconds)));
}

// What the request named is part of the text, and may hold anything.
function onOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, "\uFFFD");
}

/** What a 401 or a 403 says about the credential it wants (RFC 6750 §3). */
function authenticationChallenge(code: string, status: number): string | undefined {
  if (status === 401) {
    return code.endsWith("_missing") ? "Bearer" : 'Bearer error="invalid_token"';
  }
  return code === "scope_missing" ? 'Bearer error="insufficient_scope"' : undefined;
}
