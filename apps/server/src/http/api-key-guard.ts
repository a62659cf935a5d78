import { isScope } from "@byot/api-contract";
import type { ApiKeyStore } from "@byot/storage";
import type { ConsoleSessions } from "../access/console-sessions.js";
import { findGoodKey, isGood } from "../access/good-key.js";
import { hasScope } from "../access/granted-scopes.js";
import type { ShownKey } from "../access/shown-key.js";
import { missingScope } from "../operations/missing-scope.js";
import { done, type OperationProblem, type Outcome, refused } from "../operations/outcome.js";
import type { AccessRequest } from "./access-request.js";
import { isOwnOrigin } from "./own-origin.js";
import { readSessionCookie } from "./session-cookie.js";

/** Decides whether a request may be answered, and with which key. */
export type ApiKeyGuard = (request: AccessRequest) => Promise<Outcome<ShownKey | undefined>>;

/** What a guard is made from. */
export interface ApiKeyGuardParts {
  /** Where keys are kept. */
  readonly apiKeys: Pick<ApiKeyStore, "find">;
  /** Opens the console's sessions. */
  readonly sessions: Pick<ConsoleSessions, "open">;
  /** The time of day. */
  readonly clock: () => Date;
  /** Where callers reach the server. @defaultValue the host that a request was sent to */
  readonly publicUrl?: string | undefined;
}

/**
 * Lets requests pass that carry a good API key for what they ask, or a session of the console that stands for one. A
 * user's token never counts as either.
 */
export function createApiKeyGuard(parts: ApiKeyGuardParts): ApiKeyGuard {
  return async (request) => {
    if (request.access === "anyone") {
      return isForeignWrite(parts, request) ? refused(foreignOrigin) : done(undefined);
    }
    const shown = await readCredential(parts, request);
    if (!shown.ok) {
      return shown;
    }
    const problem =
      shown.value === undefined ? problemWithoutKey(request) : problemWithKey(shown.value, request);
    return problem === undefined ? shown : refused(problem);
  };
}

function problemWithoutKey({ access }: AccessRequest): OperationProblem | undefined {
  return access === "token"
    ? undefined
    : { code: "api_key_missing", detail: "the route needs an API key" };
}

function problemWithKey(
  key: ShownKey,
  { access, workspaceId }: AccessRequest,
): OperationProblem | undefined {
  if (access === "any_key") {
    return undefined;
  }
  if (key.workspaceId !== undefined && key.workspaceId !== workspaceId) {
    const detail = "the API key is bound to another workspace";
    return { code: "workspace_not_permitted", detail };
  }
  return isScope(access) && !hasScope(key, access) ? missingScope(access) : undefined;
}

// What is sent on purpose goes before what a browser sends along.
async function readCredential(
  parts: ApiKeyGuardParts,
  request: AccessRequest,
): Promise<Outcome<ShownKey | undefined>> {
  if (request.authorization !== undefined) {
    return readBearer(parts, request.authorization);
  }
  const session = readSessionCookie(request.cookie);
  return session === undefined ? done(undefined) : readSession(parts, session, request);
}

const bearer = /^Bearer +(\S+)$/i;

async function readBearer(
  { apiKeys, clock }: ApiKeyGuardParts,
  authorization: string,
): Promise<Outcome<ShownKey>> {
  const record = await findGoodKey(apiKeys, bearer.exec(authorization)?.[1] ?? "", clock());
  return record === undefined
    ? refused({ code: "api_key_invalid", detail: invalidKey })
    : done(record);
}

const invalidKey =
  "the bearer of `Authorization` is not a good API key; a user's token belongs into the body of a check";

async function readSession(
  parts: ApiKeyGuardParts,
  text: string,
  request: AccessRequest,
): Promise<Outcome<ShownKey>> {
  // SECURITY: a browser sends the cookie along with whatever a page of the same site asks for.
  if (isWrite(request) && !(request.origin !== undefined && isOwn(parts, request))) {
    return refused(foreignOrigin);
  }
  const now = parts.clock();
  const session = parts.sessions.open(text, now);
  const record = session && (await parts.apiKeys.find(session.keyId));
  return session === undefined || record === undefined || !isGood(record, now)
    ? refused({ code: "session_ended", detail: "the session has ended, or its API key has" })
    : done({ ...record, sessionEndsAt: session.expiresAt });
}

const foreignOrigin: OperationProblem = {
  code: "origin_not_permitted",
  detail: "a session changes something only for a page of this server",
};

const readingMethods = new Set(["GET", "HEAD"]);

function isWrite({ method }: AccessRequest): boolean {
  return !readingMethods.has(method ?? "");
}

/** Whether a page of another site asks for more than reading; what is no page says no origin. */
function isForeignWrite(parts: ApiKeyGuardParts, request: AccessRequest): boolean {
  return isWrite(request) && request.origin !== undefined && !isOwn(parts, request);
}

function isOwn({ publicUrl }: ApiKeyGuardParts, { origin = "", host }: AccessRequest): boolean {
  return isOwnOrigin(origin, host, publicUrl);
}
