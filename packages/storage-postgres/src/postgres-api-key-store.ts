import {
  apiKeyChange,
  pageOf,
  readStoredList,
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
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";
import { apiKeys } from "./configuration-schema.js";
import { inTransaction, type Transaction } from "./in-transaction.js";
import { logChanges } from "./postgres-change-log.js";
import { isKeyTaken } from "./postgres-errors.js";
import type { PostgresParts } from "./postgres-parts.js";
import { lockRevision, readRevision } from "./workspace-revision.js";

/** Keeps API keys. */
export function createApiKeyStore({ gate, pool, database }: PostgresParts): ApiKeyStore {
  return {
    find: (id) => gate.run(() => findKey(database, id)),
    list: (workspaceId, page) => gate.run(() => listKeys(database, workspaceId, page)),
    create: (record, origin) =>
      gate.run(() => createKey(pool, structuredClone(record), structuredClone(origin))),
    revoke: (id, at, origin) =>
      gate.run(() => revokeKey(pool, id, { at: new Date(at), origin: structuredClone(origin) })),
  };
}

async function findKey(database: NodePgDatabase, id: string): Promise<ApiKeyRecord | undefined> {
  const [row] = await database.select().from(apiKeys).where(eq(apiKeys.id, id));
  return row === undefined ? undefined : recordOfKey(row);
}

async function listKeys(
  database: NodePgDatabase,
  workspaceId: string | undefined,
  page: PageRequest,
): Promise<Page<ApiKeyRecord>> {
  const wanted = rowsToRead(page);
  const within: SQL | undefined =
    workspaceId === undefined ? undefined : eq(apiKeys.workspaceId, workspaceId);
  const following = page.cursor === undefined ? undefined : gt(apiKeys.id, page.cursor);
  const rows = await database
    .select()
    .from(apiKeys)
    .where(and(within, following))
    .orderBy(asc(apiKeys.id))
    .limit(wanted);
  return pageOf(rows.map(recordOfKey), page.limit, ({ id }) => id);
}

/**
 * Writes a key in one transaction, which locks the workspace before it looks for it: nobody can delete the workspace in
 * between, and leave a key that opens a later one of the same id.
 */
async function createKey(pool: Pool, after: ApiKeyRecord, origin: ChangeOrigin): Promise<void> {
  const { id, workspaceId } = after;
  try {
    await inTransaction(pool, async (transaction) => {
      const revision = await lockedRevision(transaction, workspaceId);
      if (workspaceId !== undefined && revision === undefined) {
        throw new StorageError("NOT_FOUND", `there is no workspace \`${workspaceId}\``);
      }
      await transaction.insert(apiKeys).values({ ...after, scopes: JSON.stringify(after.scopes) });
      await logKeyChange(transaction, { revision, at: after.createdAt, origin, after });
    });
  } catch (error) {
    if (isKeyTaken(error)) {
      throw new StorageError("ALREADY_EXISTS", `there is already an API key \`${id}\``);
    }
    throw error;
  }
}

/** Who revokes a key, and from when on. */
interface Revocation {
  readonly at: Date;
  readonly origin: ChangeOrigin;
}

async function revokeKey(pool: Pool, id: string, { at, origin }: Revocation): Promise<void> {
  await inTransaction(pool, async (transaction) => {
    // The workspace of a key never changes. It is locked first, as everywhere, and the key after it.
    const workspaceId = (await findKey(transaction, id))?.workspaceId;
    const revision = await lockedRevision(transaction, workspaceId);
    const [row] = await transaction.select().from(apiKeys).where(eq(apiKeys.id, id)).for("update");
    if (row === undefined) {
      throw new StorageError("NOT_FOUND", `there is no API key \`${id}\``);
    }
    const before = recordOfKey(row);
    if (before.revokedAt === undefined) {
      await transaction.update(apiKeys).set({ revokedAt: at }).where(eq(apiKeys.id, id));
      const after = { ...before, revokedAt: at };
      await logKeyChange(transaction, { revision, at, origin, before, after });
    }
  });
}

async function lockedRevision(
  transaction: Transaction,
  workspaceId: string | undefined,
): Promise<number | undefined> {
  if (workspaceId === undefined) {
    return undefined;
  }
  await lockRevision(transaction, workspaceId);
  return readRevision(transaction, workspaceId);
}

/** A key of all workspaces belongs to no workspace's log. */
async function logKeyChange(
  transaction: Transaction,
  change: Omit<ApiKeyChange, "workspaceId" | "revision"> & {
    readonly revision: number | undefined;
  },
): Promise<void> {
  const { workspaceId } = change.after;
  const { revision } = change;
  if (workspaceId !== undefined && revision !== undefined) {
    await logChanges(transaction, [apiKeyChange({ ...change, workspaceId, revision })]);
  }
}

function recordOfKey(row: typeof apiKeys.$inferSelect): ApiKeyRecord {
  const { scopes, workspaceId, expiresAt, revokedAt, ...record } = row;
  return {
    ...record,
    scopes: readStoredList<string>(scopes),
    ...(workspaceId !== null && { workspaceId }),
    ...(expiresAt !== null && { expiresAt }),
    ...(revokedAt !== null && { revokedAt }),
  };
}
