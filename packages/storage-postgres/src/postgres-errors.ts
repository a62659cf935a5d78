import { StorageError } from "@byot/storage";
import { DatabaseError } from "pg";

/** An error of PostgreSQL, or of the way to it, without the values of a query and without the connection's secrets. */
export class PostgresError extends Error {
  override readonly name: string = "PostgresError";
  /** The code of the SQL standard, or that of the operating system; `TIMEOUT` and `CONNECTION_LOST` are pg's own. */
  readonly code: string;

  /**
   * @param code - See {@link PostgresError.code}.
   * @param message - What PostgreSQL says, or the operating system.
   */
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const connectionLost = "CONNECTION_LOST";
const noMessage = "the connection has failed";
const keyTaken = "23505";
const badText: ReadonlySet<string> = new Set(["22021", "22P05"]);
const tooLong = "54000";
// A deadlock, and a change that another transaction came before: PostgreSQL has undone all of it.
const conflicts: ReadonlySet<string> = new Set(["40001", "40P01"]);
const poolHasEnded = /after calling end on the pool/;
// Undefined tables and columns, wrong types, damaged pages: the tables are not the ones the migrations made.
const corrupt = /^(?:42(?!501)|XX)/;
// Classes whose messages repeat a value of the query.
const quotesValues = /^(?:22|23)/;

/** What leaves this package for an error that came up in it. */
export function toStorageError(error: unknown): Error {
  if (error instanceof StorageError || error instanceof TypeError) {
    return error;
  }
  if (error instanceof Error && poolHasEnded.test(error.message)) {
    return new StorageError("CLOSED", "the storage was closed");
  }
  const cause = postgresErrorOf(error);
  if (badText.has(cause.code)) {
    return new TypeError("text with a NUL or a lone surrogate cannot be stored", { cause });
  }
  if (cause.code === tooLong) {
    return new TypeError("text that is too long for an index cannot be stored", { cause });
  }
  const code = corrupt.test(cause.code) ? "CORRUPT" : "UNAVAILABLE";
  return new StorageError(code, `${messages[code]}: \`${cause.code}\``, { cause });
}

const messages = {
  UNAVAILABLE: "the database cannot be used now",
  CORRUPT: "the database cannot be read back",
} as const;

/** Whether a write failed because its key was taken. */
export function isKeyTaken(error: unknown): boolean {
  return findDatabaseError(error)?.code === keyTaken;
}

/** Whether PostgreSQL has undone a transaction for the sake of another one, so that it can be made again. */
export function isConflict(error: unknown): boolean {
  return conflicts.has(findDatabaseError(error)?.code ?? "");
}

/** Whether an error is an answer of PostgreSQL, after which the connection can be used further. */
export function isAnswer(error: unknown): boolean {
  const found = findDatabaseError(error);
  return found !== undefined && found.severity === "ERROR";
}

/**
 * What may be kept of an error.
 *
 * SECURITY: drizzle repeats the values of a query in the message of its error, and PostgreSQL in details of its own.
 */
export function postgresErrorOf(error: unknown): PostgresError {
  const found = findDatabaseError(error);
  if (found !== undefined) {
    const code = found.code ?? connectionLost;
    return new PostgresError(code, quotesValues.test(code) ? "refused by a rule" : found.message);
  }
  return fromSystem(innermost(error));
}

function findDatabaseError(error: unknown): DatabaseError | undefined {
  if (error instanceof DatabaseError) {
    return error;
  }
  return error instanceof Error ? findDatabaseError(error.cause) : undefined;
}

function innermost(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? innermost(error.cause) : error;
}

function fromSystem(error: unknown): PostgresError {
  const code: unknown = Reflect.get(Object(error), "code");
  const message = error instanceof Error && error.message !== "" ? error.message : noMessage;
  return new PostgresError(typeof code === "string" ? code : codeOf(message), message);
}

/** pg gives its own errors no codes. */
function codeOf(message: string): string {
  return /time ?out/i.test(message) ? "TIMEOUT" : connectionLost;
}
