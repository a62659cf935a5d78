import { decisionsPathBeside, inMemoryPath } from "./database-paths.js";

/** Where a SQLite storage keeps what it is given. */
export interface SqliteStorageOptions {
  /**
   * The file of the configuration, the API keys and the change log, in a folder that exists; `:memory:` keeps all of
   * it in memory.
   */
  readonly path: string;
  /**
   * The file of the decision log, apart so that its commits never wait for the configuration's.
   * @defaultValue beside `path`: `byot.db` → `byot-decisions.db`
   */
  readonly decisionsPath?: string;
  /**
   * How long a call that reads or writes the configuration waits for the lock of another connection before it rejects
   * with `UNAVAILABLE`, in milliseconds, 0–60,000. The process stands still meanwhile. @defaultValue `5000`
   */
  readonly busyTimeoutMillis?: number;
  /**
   * How long a call that writes the decision log waits for the lock of another connection before it rejects with
   * `UNAVAILABLE`, in milliseconds, 0–60,000. A thread waits, not the process. @defaultValue `500`, or
   * `busyTimeoutMillis` when that is less
   */
  readonly decisionsBusyTimeoutMillis?: number;
  /**
   * Whether to refuse to open while another process has opened these files with this option. Nobody else is expected
   * to write then. The hold ends with the process, however that ends. @defaultValue `false`
   */
  readonly exclusive?: boolean;
  /**
   * How often to look whether another process has changed something, in milliseconds, 1–60,000. Nobody looks with
   * `exclusive`, nor in memory. @defaultValue `500`
   */
  readonly watchIntervalMillis?: number;
}

const defaultBusyTimeoutMillis = 5000;
// An append that waits for a lock has to fail in time for its check to be answered within a second.
const defaultDecisionsBusyTimeoutMillis = 500;
const defaultWatchIntervalMillis = 500;
const largestMillis = 60_000;

/**
 * Fills the defaults in.
 *
 * @throws TypeError when an option is out of range.
 */
export function completeOptions(options: SqliteStorageOptions): Required<SqliteStorageOptions> {
  const { path, busyTimeoutMillis = defaultBusyTimeoutMillis } = options;
  const complete = {
    decisionsPath: decisionsPathBeside(path),
    decisionsBusyTimeoutMillis: Math.min(busyTimeoutMillis, defaultDecisionsBusyTimeoutMillis),
    exclusive: false,
    watchIntervalMillis: defaultWatchIntervalMillis,
    ...options,
    busyTimeoutMillis,
  };
  checkPaths(complete);
  checkMillis(complete, "busyTimeoutMillis", 0);
  checkMillis(complete, "decisionsBusyTimeoutMillis", 0);
  checkMillis(complete, "watchIntervalMillis", 1);
  return complete;
}

function checkPaths({ path, decisionsPath }: Required<SqliteStorageOptions>): void {
  checkPath(path);
  checkPath(decisionsPath);
  if (path === decisionsPath && path !== inMemoryPath) {
    throw new TypeError(`the decision log cannot be in the same file as the rest: \`${path}\``);
  }
}

function checkPath(path: string): void {
  // better-sqlite3 trims its file name, and takes an empty one for a database that nobody finds again.
  if (path === "" || path !== path.trim()) {
    throw new TypeError(
      `the path of a database must not be empty, nor start or end with white space: \`${path}\``,
    );
  }
}

function checkMillis(
  options: Required<SqliteStorageOptions>,
  name: "busyTimeoutMillis" | "decisionsBusyTimeoutMillis" | "watchIntervalMillis",
  least: number,
): void {
  const millis = options[name];
  if (!Number.isInteger(millis) || millis < least || millis > largestMillis) {
    throw new TypeError(
      `${name} is a whole number from ${least} to ${largestMillis}, not ${millis}`,
    );
  }
}
