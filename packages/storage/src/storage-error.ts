/** Why a storage operation was rejected. Stable between minor releases. */
export type StorageErrorCode =
  /** The stored version, or the workspace's revision, is not the expected one: another writer came first. */
  | "VERSION_CONFLICT"
  /** Something with this key is already stored. */
  | "ALREADY_EXISTS"
  /** There is nothing to replace, to delete or to refer to under this key; or no page of this list ends at the cursor. */
  | "NOT_FOUND"
  /** A permission still refers to what should be deleted. */
  | "REFERENCED"
  /** The database cannot be reached, is full, read-only or locked; trying again later may help. */
  | "UNAVAILABLE"
  /** What is stored cannot be read back, or was written by a newer version. */
  | "CORRUPT"
  /** The storage was closed before this call. */
  | "CLOSED";

/** The error with which the promises of this port reject. Switch on `code`; the message is for humans. */
export class StorageError extends Error {
  override readonly name: string = "StorageError";
  /** What went wrong, as a stable code. */
  readonly code: StorageErrorCode;

  /**
   * @param code - What went wrong.
   * @param message - One line for a person; never a secret.
   * @param options - `cause`: the error of the database, kept for the operator's log.
   */
  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
