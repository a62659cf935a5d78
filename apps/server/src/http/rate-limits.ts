import type { ProblemCode } from "@byot/api-contract";
import type { OperationProblem } from "../operations/outcome.js";
import type { HeaderFields } from "./header-fields.js";
import { limitedClient } from "./limited-client.js";
import { createWindowLimit, type LimitState, type WindowLimit } from "./window-limit.js";

/** Which limit was exceeded. */
export type LimitName = "requests" | "failed_checks" | "failed_keys";

/** What rate limits are made from. */
export interface RateLimitsParts {
  /** Requests of one client in a minute; 0 sets no limit. */
  readonly requestsPerMinute: number;
  /** Failed checks of one client in one workspace, and wrong API keys of one client, in a minute; 0 sets no limit. */
  readonly failedChecksPerMinute: number;
  /** Is told of each request that is answered by 429. Must not throw. @defaultValue nobody is told */
  readonly onLimited?: (limit: LimitName) => void;
  /** Of how many clients each limit keeps the counts. @defaultValue 50,000 */
  readonly mostClients?: number;
}

/** Who makes a request, and where. */
export interface LimitedCaller {
  /** The client's address; those that are unknown are one client. */
  readonly client: string | undefined;
  /** The workspace in the path; `undefined` where there is none. */
  readonly workspaceId: string | undefined;
}

/** What is answered, and the header fields that tell the caller how it stands with the limit. */
export interface LimitedProblem {
  /** What is answered. */
  readonly problem: OperationProblem;
  /** The header fields; empty where no limit was exceeded. */
  readonly fields: HeaderFields;
}

/** Keeps callers that ask too much, or guess, within bounds. */
export interface RateLimits {
  /** Counts a request before anything is done about it; resolves to what it is refused by, if it is. */
  refuseRequest(client: string | undefined): Promise<LimitedProblem | undefined>;
  /**
   * Counts a failure, where it is one that counts, and resolves to what is answered: the failure itself, or
   * `rate_limited` when the caller has had too many.
   *
   * A good token or key is never counted and passes whatever its caller has failed at before: the client is usually
   * one application server, which asks for all of its users. That is only known once the token was verified, so this
   * limit saves none of that work. It takes the answers from whoever tries tokens out.
   */
  judgeFailure(problem: OperationProblem, caller: LimitedCaller): Promise<LimitedProblem>;
}

type Scope = "per_workspace" | "per_client";

/**
 * The failures that count. A token that is only out of its time does not: its signature was good, so nobody has made it
 * up, and an application whose users' sessions end at once must go on hearing of each that it has ended.
 */
const countedFailures: Partial<Readonly<Record<ProblemCode, Scope>>> = {
  token_malformed: "per_workspace",
  token_too_large: "per_workspace",
  token_alg_not_allowed: "per_workspace",
  token_header_not_supported: "per_workspace",
  token_type_not_allowed: "per_workspace",
  token_issuer_unknown: "per_workspace",
  token_key_unknown: "per_workspace",
  token_signature_invalid: "per_workspace",
  token_audience_mismatch: "per_workspace",
  token_party_mismatch: "per_workspace",
  token_claim_missing: "per_workspace",
  token_claim_invalid: "per_workspace",
  api_key_invalid: "per_client",
};

const noFields: HeaderFields = Object.freeze({});
const notRefused = Promise.resolve(undefined);

/** Makes rate limits. Counts are kept in the memory of this process. */
export function createRateLimits(parts: RateLimitsParts): RateLimits {
  const { requestsPerMinute, failedChecksPerMinute, mostClients = 50_000, onLimited } = parts;
  const requests = limitOf(requestsPerMinute, mostClients);
  const failures: Readonly<Record<Scope, WindowLimit | undefined>> = {
    per_workspace: limitOf(failedChecksPerMinute, mostClients),
    per_client: limitOf(failedChecksPerMinute, mostClients),
  };

  function limited(name: LimitName, state: LimitState): LimitedProblem {
    onLimited?.(name);
    return { problem: tooMany(name, state), fields: fieldsOf(state) };
  }

  function refuseRequestsBeyond(limit: WindowLimit): RateLimits["refuseRequest"] {
    return async (client) => {
      const state = await limit.count(limitedClient(client));
      return state.isExceeded ? limited("requests", state) : undefined;
    };
  }

  return {
    refuseRequest: requests === undefined ? () => notRefused : refuseRequestsBeyond(requests),
    async judgeFailure(problem, { client, workspaceId = "" }) {
      const scope = countedFailures[problem.code];
      const limit = scope && failures[scope];
      if (limit === undefined) {
        return { problem, fields: noFields };
      }
      const name = limitedClient(client);
      const isOfWorkspace = scope === "per_workspace";
      const state = await limit.count(isOfWorkspace ? `${name} ${workspaceId}` : name);
      return state.isExceeded
        ? limited(isOfWorkspace ? "failed_checks" : "failed_keys", state)
        : { problem, fields: noFields };
    },
  };
}

function limitOf(perMinute: number, mostClients: number): WindowLimit | undefined {
  return perMinute === 0 ? undefined : createWindowLimit({ perMinute, mostClients });
}

const details: Readonly<Record<LimitName, string>> = {
  requests: "the client has sent more requests in a minute than it may",
  failed_checks: "too many tokens of this client were refused in a minute",
  failed_keys: "too many API keys of this client were wrong in a minute",
};

function tooMany(name: LimitName, { resetSeconds }: LimitState): OperationProblem {
  return { code: "rate_limited", detail: details[name], retryAfterSeconds: resetSeconds };
}

function fieldsOf({ limit, remaining, resetSeconds }: LimitState): HeaderFields {
  return {
    "RateLimit-Limit": String(limit),
    "RateLimit-Remaining": String(remaining),
    "RateLimit-Reset": String(resetSeconds),
  };
}
