import type { ServerResponse } from "node:http";
import { type Problem, problemCatalogue } from "@byot/api-contract";
import type { OperationProblem } from "../operations/outcome.js";
import { requestIdOf } from "./request-id.js";

// An answer lists no more mistakes than a person reads: a body can make more of them than it has bytes to spare.
const mostErrors = 50;

/** Answers a problem as `application/problem+json` (RFC 9457). */
export function sendProblem(response: ServerResponse, problem: OperationProblem): void {
  const { status, title, fix, ...kind } = problemCatalogue[problem.code];
  const body: Problem = {
    type: `urn:byot:problem:${problem.code}`,
    title,
    status,
    detail: onOneLine(problem.detail),
    code: problem.code,
    fix,
    requestId: requestIdOf(response),
    ...(problem.errors === undefined ? {} : { errors: problem.errors.slice(0, mostErrors) }),
  };
  const challenge = authenticationChallenge(problem.code, status);
  if (challenge !== undefined) {
    response.setHeader("WWW-Authenticate", challenge);
  }
  const retryAfter = problem.retryAfterSeconds ?? kind.retryAfterSeconds;
  if (retryAfter !== undefined) {
    response.setHeader("Retry-After", String(Math.max(1, Math.ceil(retryAfter))));
  }
  const text = JSON.stringify(body);
  response.statusCode = status;
  // Some problems, such as a 404, would be kept by caches unless told otherwise.
  response.setHeader("Cache-Control", "no-store");
  response.setHeader("Content-Type", "application/problem+json; charset=utf-8");
  response.setHeader("Content-Length", Buffer.byteLength(text));
  response.end(text);
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
