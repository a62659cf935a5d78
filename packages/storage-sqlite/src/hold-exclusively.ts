import { StorageError } from "@byot/storage";
import { connect } from "./connect.js";
import { createPrivateFile } from "./create-private-file.js";
import { inMemoryPath } from "./database-paths.js";
import { isBusy, toStorageError } from "./sqlite-errors.js";

/** A hold on a database that ends when it is released, or with the process. */
export interface ExclusiveHold {
  /** Lets the next one in. */
  release(): void;
}

/** Holds nothing. */
export const noHold: ExclusiveHold = { release: () => undefined };

/**
 * Holds a database against everybody else who asks for a hold. The hold is the operating system's lock on a file beside
 * the database: it ends with the process however that ends, and leaves the database itself open to readers.
 *
 * @throws StorageError with code `UNAVAILABLE` when somebody else has it or the file cannot be opened, or `CORRUPT`
 * when the file is something else.
 */
export function holdExclusively(path: string): ExclusiveHold {
  if (path === inMemoryPath) {
    return noHold;
  }
  const lockPath = `${path}-lock`;
  createPrivateFile(lockPath);
  const client = connect({ path: lockPath, busyTimeoutMillis: 0 });
  try {
    client.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    client.close();
    throw isBusy(error) ? inUse(path, error) : toStorageError(error);
  }
  return { release: () => client.close() };
}

function inUse(path: string, cause: unknown): StorageError {
  return new StorageError(
    "UNAVAILABLE",
    `\`${path}\` is in use by another process; stop that one, or use another file`,
    { cause },
  );
}
