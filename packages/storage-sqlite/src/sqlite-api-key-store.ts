import {
  pageOf,
  rowsToRead,
  StorageError,
  type ApiKeyRecord,
  type ApiKeyStore,
  type Page,
  type PageRequest,
} from "@byot/storage";
import { and, asc, eq, gt, isNull, type SQL } from "drizzle-orm";
import { apiKeys } from "./configuration-schema.js";
import type { SqliteDatabase } from "./open-database.js";
import { readRevision } from "./read-sqlite-configuration.js";
import type { SqliteParts } from "./sqlite-configured-store.js";
import { isKeyTaken } from "./sqlite-errors.js";

/** Keeps API keys. */
export function createApiKeyStore({ gate, database }: SqliteParts): ApiKeyStore {
  return {
    find: (id) => gate.run(() => findKey(database, id)),
    list: (workspaceId, page) => gate.run(() => listKeys(database, workspaceId, page)),
    create: (record) => gate.run(() => createKey(database, record)),
    revoke: (id, at) => gate.run(() => revokeKey(database, id, at)),
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
function createKey(database: SqliteDatabase, record: ApiKeyRecord): void {
  database.transaction(
    () => {
      checkWorkspace(database, record.workspaceId);
      insertKey(database, record);
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

function revokeKey(database: SqliteDatabase, id: string, at: Date): void {
  database
    .update(apiKeys)
    .set({ revokedAt: at })
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
    .run();
  if (findKey(database, id) === undefined) {
    throw new StorageError("NOT_FOUND", `there is no API key \`${id}\``);
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
