import type { StorageError } from "@byot/storage";

/** Where a PostgreSQL storage keeps what it is given, and how long it waits. */
export interface PostgresStorageOptions {
  /**
   * The database, `postgres://user:password@host:5432/name`, of PostgreSQL 14 or newer, with the parameters of
   * `pg-connection-string` such as `sslmode=verify-full`. A server that takes writes, and no pool in between that lends
   * a connection for a transaction only.
   */
  readonly url: string;
  /**
   * Whether to bring the tables up to date, `auto`, or to refuse to open when they are not, `check`.
   * @defaultValue `auto`
   */
  readonly migrate?: "auto" | "check";
  /**
   * The most connections for everything but six: up to four that read the decision log, one that appends to it, and one
   * that listens for changes. A whole number, 1–100. @defaultValue `10`
   */
  readonly poolSize?: number;
  /**
   * How long the writing of decisions may take before it rejects with `UNAVAILABLE`, in milliseconds, 50–60,000.
   * @defaultValue `800`
   */
  readonly appendTimeoutMillis?: number;
  /**
   * How long any other statement may take, and how long to wait for a connection, in milliseconds, 50–600,000.
   * @defaultValue `10000`
   */
  readonly statementTimeoutMillis?: number;
  /**
   * How often to ask for changes that no notification told of, in milliseconds, 10–60,000. @defaultValue `2000`
   */
  readonly pollIntervalMillis?: number;
  /**
   * Is told of failures that no call reports, such as a lost connection that was not in use. Must not throw.
   * @defaultValue nobody is told
   */
  readonly onBackgroundError?: (error: StorageError) => void;
}

/** The options, complete. */
export type CompleteOptions = Required<PostgresStorageOptions>;

const ranges = {
  poolSize: [1, 100],
  appendTimeoutMillis: [50, 60_000],
  statementTimeoutMillis: [50, 600_000],
  pollIntervalMillis: [10, 60_000],
} as const satisfies Partial<Record<keyof PostgresStorageOptions, readonly [number, number]>>;

/**
 * Checks options and fills in what is left out.
 *
 * @throws TypeError when an option is out of range.
 */
export function completeOptions(options: PostgresStorageOptions): CompleteOptions {
  const complete: CompleteOptions = {
    migrate: "auto",
    poolSize: 10,
    appendTimeoutMillis: 800,
    statementTimeoutMillis: 10_000,
    pollIntervalMillis: 2000,
    onBackgroundError: () => undefined,
    ...options,
  };
  checkUrl(complete.url);
  for (const name of [
    "poolSize",
    "appendTimeoutMillis",
    "statementTimeoutMillis",
    "pollIntervalMillis",
  ] as const) {
    const [least, most] = ranges[name];
    const value = complete[name];
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new TypeError(`${name} is a whole number from ${least} to ${most}, not ${value}`);
    }
  }
  return complete;
}

/** SECURITY: a URL may hold a password, so no message repeats it. */
function checkUrl(url: string): void {
  if (!/^postgres(?:ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new TypeError("the url of a PostgreSQL storage has the form `postgres://user@host/name`");
  }
}
