import type { RouteAccess } from "@byot/api-contract";
import type { ApiKeyRecord, ApiKeyStore } from "@byot/storage";
import { apiKeyId, matchesApiKey } from "../access/api-key.js";
import { hasScope } from "../access/granted-scopes.js";
import { done, type Outcome, refused } from "../operations/outcome.js";

/** What a request shows of its right to be answered. */
export interface AccessRequest {
  /** Who may call the route. */
  readonly access: RouteAccess;
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  /** The workspace in the path; `undefined` on a route that is not about one. */
  readonly workspaceId: string | undefined;
}

/** Decides whether a request may be answered, and with which key. */
export type ApiKeyGuard = (request: AccessRequest) => Promise<Outcome<ApiKeyRecord | undefined>>;

/** Lets requests pass that carry a good API key for what they ask. A user's token never counts as one. */
export function createApiKeyGuard(
  apiKeys: Pick<ApiKeyStore, "find">,
  clock: () => Date,
): ApiKeyGuard {
  return async ({ access, authorization, workspaceId }) => {
    if (authorization === undefined) {
      return access === "token"
        ? done(undefined)
        : refused({ code: "api_key_missing", detail: "the route needs an API key" });
    }
    const record = await findGoodKey(apiKeys, authorization, clock());
    if (record === undefined) {
      return refused({ code: "api_key_invalid", detail: invalidKey });
    }
    if (record.workspaceId !== undefined && record.workspaceId !== workspaceId) {
      const detail = "the API key is bound to another workspace";
      return refused({ code: "workspace_not_permitted", detail });
    }
    if (access !== "token" && !hasScope(record, access)) {
      return refused({
        code: "scope_missing",
        detail: `the API key lacks the scope \`${access}\``,
      });
    }
    return done(record);
  };
}

const invalidKey =
  "the bearer of `Authorization` is not a good API key; a user's token belongs into the body of a check";
const bearer = /^Bearer +(\S+)$/i;

async function findGoodKey(
  apiKeys: Pick<ApiKeyStore, "find">,
  authorization: string,
  now: Date,
): Promise<ApiKeyRecord | undefined> {
  const key = bearer.exec(authorization)?.[1] ?? "";
  const id = apiKeyId(key);
  const record = id === undefined ? undefined : await apiKeys.find(id);
  if (record === undefined || !matchesApiKey(key, record.secretHash)) {
    return undefined;
  }
  const ended = record.expiresAt !== undefined && record.expiresAt <= now;
  return ended || record.revokedAt !== undefined ? undefined : record;
}
