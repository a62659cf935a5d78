import { closeSync, openSync } from "node:fs";
import { StorageError } from "@byot/storage";

/**
 * Makes a file that only its owner can read and write, unless it is there. SQLite gives a database's `-wal` and `-shm`
 * files the mode of the database, so this one mode protects all three.
 *
 * @throws StorageError with code `UNAVAILABLE`.
 */
export function createPrivateFile(path: string): void {
  try {
    closeSync(openSync(path, "a", 0o600));
  } catch (error) {
    throw new StorageError("UNAVAILABLE", `the database file \`${path}\` cannot be opened`, {
      cause: error,
    });
  }
}
