import type { ApiKeyRecord } from "./api-key-store.js";
import type { ChangeOrigin, ChangeRecord } from "./change-log.js";
import { describeChange } from "./describe-change.js";

/** What an adapter knows of a change to the API keys of a workspace. */
export interface ApiKeyChange {
  /** The workspace that the key is bound to. */
  readonly workspaceId: string;
  /** Its revision now. */
  readonly revision: number;
  /** When the key was made or revoked. */
  readonly at: Date;
  /** Who did it. */
  readonly origin: ChangeOrigin;
  /** The key as it was; absent when it was made. */
  readonly before?: ApiKeyRecord;
  /** The key as it is. */
  readonly after: ApiKeyRecord;
}

/** What the change log says of a change to an API key. It holds neither the secret nor its hash. */
export function apiKeyChange(change: ApiKeyChange): Omit<ChangeRecord, "changeId"> {
  const { before, after, ...rest } = change;
  return describeChange({
    ...rest,
    kind: "api_key",
    key: after.id,
    before: before && describe(before),
    after: describe(after),
  });
}

function describe({
  name,
  scopes,
  expiresAt,
  revokedAt,
}: ApiKeyRecord): Readonly<Record<string, unknown>> {
  return {
    name,
    scopes,
    ...(expiresAt === undefined ? {} : { expiresAt: expiresAt.toISOString() }),
    ...(revokedAt === undefined ? {} : { revokedAt: revokedAt.toISOString() }),
  };
}
