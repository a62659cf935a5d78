import type { Decision } from "../decisions/decision.js";
import type { ByotError } from "../errors/errors.js";
import { TokenRefusedError, UnavailableError } from "../errors/errors.js";

/** An answer to a request that does not go on. It tells the user's client no more than it needs. */
export interface Refusal {
  /** The HTTP status. */
  readonly status: 401 | 403 | 503;
  /** The header fields, with the challenge (RFC 6750 §3). */
  readonly headers: Readonly<Record<string, string>>;
  /** A problem document (RFC 9457). */
  readonly body: string;
}

interface RefusalParts {
  readonly status: Refusal["status"];
  readonly headers: Readonly<Record<string, string>>;
  readonly problem: {
    readonly code: string;
    readonly title: string;
    readonly detail: string;
  } & Readonly<Record<string, string>>;
}

function refusal({ status, headers, problem }: RefusalParts): Refusal {
  return {
    status,
    headers: {
      ...headers,
      "Cache-Control": "no-store",
      "Content-Type": "application/problem+json",
    },
    body: JSON.stringify({ type: `urn:byot:problem:${problem.code}`, status, ...problem }),
  };
}

function challenge(realm: string, error: string | undefined): string {
  const quoted = realm.replaceAll(/["\\]|[^\x20-\x7e]/g, "_");
  return `Bearer realm="${quoted}"${error === undefined ? "" : `, error="${error}"`}`;
}

/** The answer to a request that the policies deny. */
export function refusalOfDenial({ decisionId, reason }: Decision, realm: string): Refusal {
  return refusal({
    status: 403,
    headers: { "WWW-Authenticate": challenge(realm, "insufficient_scope") },
    problem: {
      code: "access_denied",
      title: "Forbidden",
      detail: "the user may not do this",
      reason: reason.code,
      decisionId,
    },
  });
}

function unauthorized({ code }: TokenRefusedError, realm: string): Refusal {
  const isMissing = code === "token_missing";
  return refusal({
    status: 401,
    // A request that tried nothing is told nothing (RFC 6750 §3.1).
    headers: { "WWW-Authenticate": challenge(realm, isMissing ? undefined : "invalid_token") },
    problem: {
      code,
      title: "Unauthorized",
      detail: isMissing ? "a bearer token is needed" : "the token is not accepted",
    },
  });
}

function unavailable({ retryAfterMs }: ByotError): Refusal {
  return refusal({
    status: 503,
    headers:
      retryAfterMs === undefined ? {} : { "Retry-After": String(Math.ceil(retryAfterMs / 1_000)) },
    problem: {
      code: "authorization_unavailable",
      title: "Service Unavailable",
      detail: "the request cannot be authorized for now",
    },
  });
}

/** The answer to a request that could not be checked; `undefined` where the fault is the application's own. */
export function refusalOfError(error: ByotError, realm: string): Refusal | undefined {
  if (error instanceof TokenRefusedError) {
    return unauthorized(error, realm);
  }
  return error instanceof UnavailableError || error.status === 429 ? unavailable(error) : undefined;
}
