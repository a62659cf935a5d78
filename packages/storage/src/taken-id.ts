import { StorageError } from "./storage-error.js";

/**
 * The error for records of which one is in the log already.
 *
 * @param cause - The database's own error, without the values of the statement.
 */
export function takenId(cause: unknown): StorageError {
  return new StorageError("ALREADY_EXISTS", "one of the ids is already in the log", { cause });
}
