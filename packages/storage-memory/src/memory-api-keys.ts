import {
  apiKeyChange,
  StorageError,
  type ApiKeyRecord,
  type ChangeOrigin,
  type Page,
  type PageRequest,
} from "@byot/storage";
import { keyedPage } from "./keyed-page.js";
import type { MemoryChangeLog } from "./memory-change-log.js";

/** API keys by id; what goes in and out are copies. */
export interface MemoryApiKeys {
  /** See `ApiKeyStore.find`. */
  find(id: string): ApiKeyRecord | undefined;
  /** See `ApiKeyStore.list`. */
  list(workspaceId: string | undefined, page: PageRequest): Page<ApiKeyRecord>;
  /** See `ApiKeyStore.create`. */
  create(record: ApiKeyRecord, origin: ChangeOrigin): void;
  /** See `ApiKeyStore.revoke`. */
  revoke(id: string, at: Date, origin: ChangeOrigin): void;
  /** Removes the keys that open only this workspace. */
  deleteOf(workspaceId: string): void;
}

/** What the keys have to know of everything else. */
export interface MemoryApiKeysParts {
  /** The revision of a workspace; `undefined` when there is none of that id now. */
  readonly revisionOf: (workspaceId: string) => number | undefined;
  /** Where changes to the keys of a workspace are recorded. */
  readonly changeLog: MemoryChangeLog;
}

/** What was done to a key. */
interface KeyChange {
  readonly at: Date;
  readonly origin: ChangeOrigin;
  readonly before?: ApiKeyRecord;
  readonly after: ApiKeyRecord;
}

/** Makes an empty key store. */
export function createMemoryApiKeys({ revisionOf, changeLog }: MemoryApiKeysParts): MemoryApiKeys {
  const records = new Map<string, ApiKeyRecord>();

  function put(change: KeyChange): void {
    const { id, workspaceId } = change.after;
    records.set(id, change.after);
    const revision = workspaceId === undefined ? undefined : revisionOf(workspaceId);
    if (workspaceId !== undefined && revision !== undefined) {
      changeLog.add(apiKeyChange({ ...change, workspaceId, revision }));
    }
  }

  return {
    find: (id) => structuredClone(records.get(id)),
    list(workspaceId, page) {
      const listed = [...records.values()].filter(
        (record) => workspaceId === undefined || record.workspaceId === workspaceId,
      );
      return structuredClone(keyedPage(listed, page, ({ id }) => id));
    },
    create(record, origin) {
      const { workspaceId } = record;
      if (workspaceId !== undefined && revisionOf(workspaceId) === undefined) {
        throw new StorageError("NOT_FOUND", `there is no workspace \`${workspaceId}\``);
      }
      if (records.has(record.id)) {
        throw new StorageError("ALREADY_EXISTS", `there is already an API key \`${record.id}\``);
      }
      const after = structuredClone(record);
      put({ at: after.createdAt, origin, after });
    },
    revoke(id, at, origin) {
      const before = records.get(id);
      if (before === undefined) {
        throw new StorageError("NOT_FOUND", `there is no API key \`${id}\``);
      }
      if (before.revokedAt === undefined) {
        put({ at, origin, before, after: { ...before, revokedAt: new Date(at) } });
      }
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
