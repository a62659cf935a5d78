import {
  apiKeyChange,
  pageOf,
  rowsToRead,
  StorageError,
  type ApiKeyChange,
  type ApiKeyRecord,
  type ApiKeyStore,
  type ChangeOrigin,
  type Page,
  type PageRequest,
} from "@byot/storage";
import { and, asc, eq, gt, type SQL } from "drizzle-orm";
import { apiKeys } from "./configuration-schema.js";
import type { SqliteDatabase } from "./open-database.js";
import { readRevision } from "./read-sqlite-configuration.js";
import { logChange } from "./sqlite-change-log.js";
import type { SqliteParts } from "./sqlite-configured-store.js";
import { isKeyTaken } from "./sqlite-errors.js";

/** Keeps API keys. */
export function createApiKeyStore({ gate, database }: SqliteParts): ApiKeyStore {
  return {
    find: (id) => gate.run(() => findKey(database, id)),
    list: (workspaceId, page) => gate.run(() => listKeys(database, workspaceId, page)),
    create: (record, origin) => gate.run(() => createKey(database, record, origin)),
    revoke: (id, at, origin) => gate.run(() => revokeKey(database, id, { at, origin })),
  };
}

function findKey(database: SqliteDatabase, id: string): ApiKeyRecord | undefined {
  const row = database.select().from(apiKeys).where(eq(apiKeys.id, id)).get();
  return row === undefined ? undefined : recordOfKey(row);
}

function listKeys(
  database: SqliteDatabase,
  workspaceId: string | undefined,
  page: PageRequest,
): Page<ApiKeyRecord> {
  const wanted = rowsToRead(page);
  const within: SQL | undefined =
    workspaceId === undefined ? undefined : eq(apiKeys.workspaceId, workspaceId);
  const following = page.cursor === undefined ? undefined : gt(apiKeys.id, page.cursor);
  const rows = database
    .select()
    .from(apiKeys)
    .where(and(within, following))
    .orderBy(asc(apiKeys.id))
    .limit(wanted)
    .all();
  return pageOf(rows.map(recordOfKey), page.limit, ({ id }) => id);
}

/**
 * Writes a key in one transaction, which holds the write lock from before it looks for the workspace: no other
 * connection can delete the workspace in between, and leave a key that opens a later one of the same id.
 */
function createKey(database: SqliteDatabase, after: ApiKeyRecord, origin: ChangeOrigin): void {
  database.transaction(
    () => {
      checkWorkspace(database, after.workspaceId);
      insertKey(database, after);
      logKeyChange(database, { at: after.createdAt, origin, after });
    },
    { behavior: "immediate" },
  );
}

function checkWorkspace(database: SqliteDatabase, workspaceId: string | undefined): void {
  if (workspaceId !== undefined && readRevision(database, workspaceId) === undefined) {
    throw new StorageError("NOT_FOUND", `there is no workspace \`${workspaceId}\``);
  }
}

function insertKey(database: SqliteDatabase, record: ApiKeyRecord): void {
  try {
    database.insert(apiKeys).values(record).run();
  } catch (error) {
    if (isKeyTaken(error)) {
      throw new StorageError("ALREADY_EXISTS", `there is already an API key \`${record.id}\``);
    }
    throw error;
  }
}

/** Who revokes a key, and from when on. */
interface Revocation {
  readonly at: Date;
  readonly origin: ChangeOrigin;
}

function revokeKey(database: SqliteDatabase, id: string, { at, origin }: Revocation): void {
  database.transaction(
    () => {
      const before = findKey(database, id);
      if (before === undefined) {
        throw new StorageError("NOT_FOUND", `there is no API key \`${id}\``);
      }
      if (before.revokedAt === undefined) {
        database.update(apiKeys).set({ revokedAt: at }).where(eq(apiKeys.id, id)).run();
        logKeyChange(database, { at, origin, before, after: { ...before, revokedAt: at } });
      }
    },
    { behavior: "immediate" },
  );
}

/** A key of all workspaces belongs to no workspace's log. */
function logKeyChange(
  database: SqliteDatabase,
  change: Omit<ApiKeyChange, "workspaceId" | "revision">,
): void {
  const { workspaceId } = change.after;
  const revision = workspaceId === undefined ? undefined : readRevision(database, workspaceId);
  if (workspaceId !== undefined && revision !== undefined) {
    logChange(database, apiKeyChange({ ...change, workspaceId, revision }));
  }
}

function recordOfKey(row: typeof apiKeys.$inferSelect): ApiKeyRecord {
  const { workspaceId, expiresAt, revokedAt, ...record } = row;
  return {
    ...record,
    ...(workspaceId !== null && { workspaceId }),
    ...(expiresAt !== null && { expiresAt }),
    ...(revokedAt !== null && { revokedAt }),
  };
}
