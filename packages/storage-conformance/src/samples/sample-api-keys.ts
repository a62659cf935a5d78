import type { ApiKeyRecord, Storage } from "@byot/storage";
import { morning } from "./sample-changes.js";
import { administrator } from "./sample-origins.js";

/** A key that opens every workspace, unless more is said. */
export function apiKeyRecord(id: string, changes: Partial<ApiKeyRecord> = {}): ApiKeyRecord {
  return {
    id,
    secretHash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    name: "Deployment",
    scopes: ["config:read", "config:write"],
    createdAt: morning,
    ...changes,
  };
}

/** Writes a key, as an administrator. */
export function createKey(storage: Storage, record: ApiKeyRecord): Promise<void> {
  return storage.apiKeys.create(record, administrator());
}

/** Revokes a key, as an administrator. */
export function revokeKey(storage: Storage, id: string, at: Date): Promise<void> {
  return storage.apiKeys.revoke(id, at, administrator());
}
