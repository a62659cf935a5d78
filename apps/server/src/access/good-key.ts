import type { ApiKeyRecord, ApiKeyStore } from "@byot/storage";
import { apiKeyId, matchesApiKey } from "./api-key.js";

/** The record of a whole API key; `undefined` when it is none, or none that is good now. */
export async function findGoodKey(
  apiKeys: Pick<ApiKeyStore, "find">,
  key: string,
  now: Date,
): Promise<ApiKeyRecord | undefined> {
  const id = apiKeyId(key);
  const record = id === undefined ? undefined : await apiKeys.find(id);
  return record !== undefined && matchesApiKey(key, record.secretHash) && isGood(record, now)
    ? record
    : undefined;
}

/** Whether a key is neither revoked nor at its end. */
export function isGood({ expiresAt, revokedAt }: ApiKeyRecord, now: Date): boolean {
  return revokedAt === undefined && (expiresAt === undefined || expiresAt > now);
}
