import { fileURLToPath } from "node:url";
import type Database from "better-sqlite3";
import { drizzle, type BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { connect, type ConnectionOptions } from "./connect.js";
import { createPrivateFile } from "./create-private-file.js";
import { inMemoryPath } from "./database-paths.js";
import { sealUnsealed } from "./decisions/seal-unsealed.js";
import { migrateDatabase } from "./migrate-database.js";
import { toStorageError } from "./sqlite-errors.js";

/** A drizzle database together with its connection. */
export type SqliteDatabase = BetterSQLite3Database & { readonly $client: Database.Database };

/** Which database to open, and how. */
export interface DatabaseOptions extends ConnectionOptions {
  /** Which migrations make its tables: a folder below `migrations`. */
  readonly migrations: "configuration" | "decisions";
}

/** What is left to do after the migrations, in their transaction. */
const completions: Readonly<
  Record<DatabaseOptions["migrations"], (client: Database.Database) => void>
> = {
  configuration: () => undefined,
  decisions: sealUnsealed,
};

const pragmas = [
  // Readers do not wait for the writer, nor the writer for them.
  "journal_mode = WAL",
  // A commit is on the disk when it returns: neither a decision nor a revoked key comes undone by a power failure.
  "synchronous = FULL",
  "foreign_keys = ON",
];

/**
 * Opens a database and brings its tables up to date.
 *
 * @throws StorageError with code `UNAVAILABLE` or `CORRUPT`.
 */
export function openDatabase(options: DatabaseOptions): SqliteDatabase {
  if (options.path !== inMemoryPath) {
    createPrivateFile(options.path);
  }
  const client = connect(options);
  try {
    pragmas.forEach((pragma) => client.pragma(pragma));
    // From `src` as well as from `dist`, the migrations are one folder up.
    const folder = new URL(`../migrations/${options.migrations}`, import.meta.url);
    migrateDatabase(client, fileURLToPath(folder), completions[options.migrations]);
  } catch (error) {
    client.close();
    throw toStorageError(error);
  }
  return drizzle({ client });
}
