import { StorageError, type ApiKeyRecord, type Page, type PageRequest } from "@byot/storage";
import { keyedPage } from "./keyed-page.js";

/** API keys by id; what goes in and out are copies. */
export interface MemoryApiKeys {
  /** See `ApiKeyStore.find`. */
  find(id: string): ApiKeyRecord | undefined;
  /** See `ApiKeyStore.list`. */
  list(workspaceId: string | undefined, page: PageRequest): Page<ApiKeyRecord>;
  /** See `ApiKeyStore.create`. */
  create(record: ApiKeyRecord): void;
  /** See `ApiKeyStore.revoke`. */
  revoke(id: string, at: Date): void;
  /** Removes the keys that open only this workspace. */
  deleteOf(workspaceId: string): void;
}

/**
 * Makes an empty key store.
 *
 * @param workspaceExists - Whether there is a workspace of that id now.
 */
export function createMemoryApiKeys(
  workspaceExists: (workspaceId: string) => boolean,
): MemoryApiKeys {
  const records = new Map<string, ApiKeyRecord>();
  return {
    find: (id) => structuredClone(records.get(id)),
    list(workspaceId, page) {
      const listed = [...records.values()].filter(
        (record) => workspaceId === undefined || record.workspaceId === workspaceId,
      );
      return structuredClone(keyedPage(listed, page, ({ id }) => id));
    },
    create(record) {
      const { workspaceId } = record;
      if (workspaceId !== undefined && !workspaceExists(workspaceId)) {
        throw new StorageError("NOT_FOUND", `there is no workspace \`${workspaceId}\``);
      }
      if (records.has(record.id)) {
        throw new StorageError("ALREADY_EXISTS", `there is already an API key \`${record.id}\``);
      }
      records.set(record.id, structuredClone(record));
    },
    revoke(id, at) {
      const record = records.get(id);
      if (record === undefined) {
        throw new StorageError("NOT_FOUND", `there is no API key \`${id}\``);
      }
      records.set(id, { ...record, revokedAt: record.revokedAt ?? new Date(at) });
    },
    deleteOf(workspaceId) {
      for (const record of records.values()) {
        if (record.workspaceId === workspaceId) {
          records.delete(record.id);
        }
      }
    },
  };
}
