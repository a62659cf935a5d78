import { fileURLToPath } from "node:url";
import { StorageError } from "@byot/storage";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { Client } from "pg";
import { endClient } from "./end-client.js";
import { connectionConfig } from "./open-pools.js";
import type { CompleteOptions } from "./storage-options.js";

// From `src` as well as from `dist`, the migrations are one folder up.
const migrationsFolder = fileURLToPath(new URL("../migrations", import.meta.url));
const migrationsSchema = "byot";
const migrationsTable = "migrations";

// "byot" as four bytes: whoever migrates a database of byot holds this lock of it.
const migrationLock = 0x62796f74;
// A migration may take long, but waits no longer than this for a lock that somebody else holds.
const longestLockMillis = 60_000;
const connectMillis = 10_000;

/**
 * Brings the tables of a database up to date, or sees whether they are. Of several who open a database at once, one
 * does and the others wait for it: drizzle's migrator looks before it locks.
 *
 * @throws StorageError with code `CORRUPT` when the database has a migration that this package has not, or
 * `UNAVAILABLE` when it lacks one and may not be migrated. Error of the database when it cannot be reached.
 */
export async function migrateDatabase(options: CompleteOptions): Promise<void> {
  const client = new Client({
    ...connectionConfig(options),
    connectionTimeoutMillis: connectMillis,
    lock_timeout: longestLockMillis,
  });
  // The query that is under way fails of it.
  client.on("error", () => undefined);
  try {
    await client.connect();
    if (await isBehind(client)) {
      await bringUpToDate(client, options.migrate);
    }
    await resetForeignMarks(client);
  } finally {
    // Ends the lock as well.
    await endClient(client);
  }
}

async function bringUpToDate(client: Client, mode: CompleteOptions["migrate"]): Promise<void> {
  if (mode === "check") {
    throw new StorageError(
      "UNAVAILABLE",
      "the tables of the database are not up to date; migrate them first",
    );
  }
  await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
  if (await isBehind(client)) {
    await migrate(drizzle({ client }), { migrationsFolder, migrationsSchema, migrationsTable });
  }
}

const foreignMarks = "changed_by >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint";

/**
 * Takes the marks of transactions for its own that this cluster has never had, as after a dump of another one was
 * restored: they would count as made just now until it comes that far.
 */
async function resetForeignMarks(client: Client): Promise<void> {
  const { rows } = await client.query<{ isForeign: boolean }>(
    `SELECT NOT pg_is_in_recovery() AND EXISTS (
       SELECT 1 FROM byot.workspace_revisions WHERE ${foreignMarks}) AS "isForeign"`,
  );
  if (rows[0]?.isForeign === true) {
    await client.query(
      `UPDATE byot.workspace_revisions SET changed_by = pg_current_xact_id()::text::bigint
       WHERE ${foreignMarks}`,
    );
  }
}

/** Whether the database lacks a migration. */
async function isBehind(client: Client): Promise<boolean> {
  const applied = await appliedMigrations(client);
  const known = readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis);
  const unknown = applied.find((createdAt) => !known.includes(createdAt));
  if (unknown !== undefined) {
    throw new StorageError(
      "CORRUPT",
      `the database was written by a newer version of byot: its migration \`${unknown}\` is unknown here`,
    );
  }
  return applied.length < known.length;
}

async function appliedMigrations(client: Client): Promise<readonly number[]> {
  const table = `${migrationsSchema}.${migrationsTable}`;
  const found = await client.query<{ exists: boolean }>(
    "SELECT to_regclass($1) IS NOT NULL AS exists",
    [table],
  );
  if (found.rows[0]?.exists !== true) {
    return [];
  }
  const { rows } = await client.query<{ created_at: string }>(`SELECT created_at FROM ${table}`);
  return rows.map(({ created_at: createdAt }) => Number(createdAt));
}
