import { StorageError } from "@byot/storage";
import type { Database } from "better-sqlite3";
import { readMigrationFiles, type MigrationMeta } from "drizzle-orm/migrator";

// The table and the meaning of its columns are drizzle's, so that its own tools understand the database.
const createJournal = `CREATE TABLE IF NOT EXISTS __drizzle_migrations (
  id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric
)`;

/**
 * Brings the tables of a database up to date, in one transaction that holds the write lock from its start: drizzle's
 * own migrator looks before it locks, so that two processes could both run a migration. What is up to date is not
 * locked.
 *
 * @param complete - Does what SQL alone cannot, after the migrations and in their transaction.
 * @throws StorageError with code `CORRUPT` when the database has a migration that the folder has not.
 */
export function migrateDatabase(
  client: Database,
  migrationsFolder: string,
  complete: (client: Database) => void,
): void {
  const migrations = readMigrationFiles({ migrationsFolder });
  if (isUpToDate(client, migrations)) {
    return;
  }
  const migrate = client.transaction(() => {
    client.exec(createJournal);
    const applied = appliedMigrations(client);
    checkAllKnown(applied, new Set(migrations.map(({ folderMillis }) => folderMillis)));
    const remember = client.prepare(
      "INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)",
    );
    for (const { folderMillis, hash, sql } of migrations) {
      if (!applied.has(folderMillis)) {
        sql.forEach((statement) => client.exec(statement));
        remember.run(hash, folderMillis);
      }
    }
    complete(client);
  });
  migrate.immediate();
}

function isUpToDate(client: Database, migrations: readonly MigrationMeta[]): boolean {
  const journal = client
    .prepare("SELECT 1 FROM sqlite_schema WHERE name = '__drizzle_migrations'")
    .get();
  const applied = journal === undefined ? new Set() : appliedMigrations(client);
  return (
    applied.size === migrations.length &&
    migrations.every(({ folderMillis }) => applied.has(folderMillis))
  );
}

function appliedMigrations(client: Database): ReadonlySet<number> {
  const rows: readonly unknown[] = client
    .prepare("SELECT created_at FROM __drizzle_migrations")
    .pluck()
    .all();
  return new Set(rows.map(Number));
}

function checkAllKnown(applied: ReadonlySet<number>, known: ReadonlySet<number>): void {
  const unknown = [...applied].find((createdAt) => !known.has(createdAt));
  if (unknown !== undefined) {
    throw new StorageError(
      "CORRUPT",
      `the database was written by a newer version of byot, or is not the one it should be: its migration \`${unknown}\` is unknown here`,
    );
  }
}
