import Database from "better-sqlite3";
import { inMemoryPath } from "./database-paths.js";
import { toStorageError } from "./sqlite-errors.js";

/** Which file to connect to, and how. */
export interface ConnectionOptions {
  /** The file, or `:memory:`. */
  readonly path: string;
  /** How long to wait for the lock of another connection, in milliseconds. */
  readonly busyTimeoutMillis: number;
}

/**
 * Connects to a database without reading anything of it yet.
 *
 * @throws StorageError with code `UNAVAILABLE` when SQLite cannot open the file.
 */
export function connect({ path, busyTimeoutMillis }: ConnectionOptions): Database.Database {
  try {
    return new Database(path, { timeout: busyTimeoutMillis, fileMustExist: path !== inMemoryPath });
  } catch (error) {
    throw toStorageError(error);
  }
}
