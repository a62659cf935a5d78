import { StorageError, type StorageErrorCode } from "@byot/storage";
import Database from "better-sqlite3";

// Primary result codes of SQLite; an extended code is a primary one with a suffix.
const corruptCodes: ReadonlySet<string> = new Set([
  "SQLITE_CORRUPT",
  "SQLITE_NOTADB",
  "SQLITE_FORMAT",
  "SQLITE_MISMATCH",
  // SQL that does not fit the tables: they are not the ones the migrations made.
  "SQLITE_ERROR",
]);

const messages = {
  UNAVAILABLE: "the database cannot be used now",
  CORRUPT: "the database cannot be read back",
} as const satisfies Partial<Record<StorageErrorCode, string>>;

/** What leaves this package for an error that came up in it. */
export function toStorageError(error: unknown): Error {
  if (error instanceof StorageError) {
    return error;
  }
  const sqliteError = findSqliteError(error);
  if (sqliteError !== undefined) {
    return fromSqliteError(sqliteError);
  }
  if (error instanceof SyntaxError) {
    // SECURITY: its message quotes what was read, which may be personal.
    return new StorageError("CORRUPT", "a stored value is not JSON");
  }
  return error instanceof Error ? error : new Error("sqlite storage failed", { cause: error });
}

/** Whether a write failed because its key was taken. */
export function isKeyTaken(error: unknown): boolean {
  const code = findSqliteError(error)?.code;
  return code === "SQLITE_CONSTRAINT_UNIQUE" || code === "SQLITE_CONSTRAINT_PRIMARYKEY";
}

/** Whether another connection has the lock. */
export function isBusy(error: unknown): boolean {
  const sqliteError = findSqliteError(error);
  return sqliteError !== undefined && primaryCodeOf(sqliteError) === "SQLITE_BUSY";
}

type SqliteError = InstanceType<typeof Database.SqliteError>;

// SECURITY: only SQLite's own error is kept as the cause. What drizzle wraps around it repeats the values of the query.
function findSqliteError(error: unknown): SqliteError | undefined {
  if (error instanceof Database.SqliteError) {
    return error;
  }
  return error instanceof Error ? findSqliteError(error.cause) : undefined;
}

function fromSqliteError(error: SqliteError): StorageError {
  const code = corruptCodes.has(primaryCodeOf(error)) ? "CORRUPT" : "UNAVAILABLE";
  return new StorageError(code, `${messages[code]}: \`${error.code}\``, { cause: error });
}

function primaryCodeOf({ code }: SqliteError): string {
  return /^SQLITE_[A-Z]+/.exec(code)?.[0] ?? "";
}
