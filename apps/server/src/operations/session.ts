import { type Routes, scopes, type SessionAnswer } from "@byot/api-contract";
import type { ApiKeyRecord } from "@byot/storage";
import { longestSessionSeconds } from "../access/console-sessions.js";
import { findGoodKey } from "../access/good-key.js";
import { hasScope } from "../access/granted-scopes.js";
import type { OperationsOf } from "./operation.js";
import { done, refused } from "./outcome.js";
import type { Services } from "./services.js";

/** The operations on the console's session. */
export function sessionOperations({
  storage,
  sessions,
  publicUrl,
  clock,
}: Pick<Services, "storage" | "sessions" | "publicUrl" | "clock">): OperationsOf<
  Routes["session"]
> {
  const isSecure = publicUrl?.startsWith("https:") === true;
  return {
    async create({ body }) {
      const now = clock();
      const record = await findGoodKey(storage.apiKeys, body.apiKey, now);
      if (record === undefined) {
        return refused({ code: "api_key_invalid", detail: "`apiKey` is not a good API key" });
      }
      const expiresAt = endOf(record, now);
      const sealed = sessions.seal({ keyId: record.id, expiresAt });
      const seconds = Math.max(0, Math.ceil((expiresAt.getTime() - now.getTime()) / 1000));
      return done({
        answer: { data: describe(record, expiresAt) },
        session: { sealed, seconds, isSecure },
      });
    },
    async read({ apiKey }) {
      return apiKey?.sessionEndsAt === undefined
        ? refused({ code: "session_ended", detail: "the API key was sent without a session" })
        : done({ answer: { data: describe(apiKey, apiKey.sessionEndsAt) } });
    },
    async remove() {
      return done({ answer: undefined, session: { sealed: "", seconds: 0, isSecure } });
    },
  };
}

/** The end of a session that begins now, to the second: no later than its key's. */
function endOf({ expiresAt }: ApiKeyRecord, now: Date): Date {
  const longest = now.getTime() + longestSessionSeconds * 1000;
  const end = Math.min(longest, expiresAt?.getTime() ?? longest);
  return new Date(Math.floor(end / 1000) * 1000);
}

function describe(record: ApiKeyRecord, expiresAt: Date): SessionAnswer {
  const { id, name, workspaceId } = record;
  return {
    keyId: id,
    name,
    scopes: scopes.filter((scope) => hasScope(record, scope)),
    ...(workspaceId === undefined ? {} : { workspace: workspaceId }),
    expiresAt: expiresAt.toISOString(),
  };
}
