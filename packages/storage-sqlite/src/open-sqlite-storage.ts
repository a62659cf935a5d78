import { createCallGate, createRevisionWatch, type CallGate, type Storage } from "@byot/storage";
import { applyToSqlite } from "./apply-to-sqlite.js";
import { decisionsPathBeside, inMemoryPath } from "./database-paths.js";
import { type ExclusiveHold, holdExclusively, noHold } from "./hold-exclusively.js";
import { openDatabase, type SqliteDatabase } from "./open-database.js";
import { readRevision, readSqliteConfiguration } from "./read-sqlite-configuration.js";
import { createApiKeyStore } from "./sqlite-api-key-store.js";
import { createConfiguredStore, createWorkspaceStore } from "./sqlite-configured-store.js";
import { createDecisionLog } from "./sqlite-decision-log.js";
import { toStorageError } from "./sqlite-errors.js";
import { createPolicyStore } from "./sqlite-policy-store.js";

/** Where a SQLite storage keeps what it is given. */
export interface SqliteStorageOptions {
  /** The file of the configuration and the API keys, in a folder that exists; `:memory:` keeps all of it in memory. */
  readonly path: string;
  /**
   * The file of the decision log, apart so that its commits never wait for the configuration's.
   * @defaultValue beside `path`: `byot.db` → `byot-decisions.db`
   */
  readonly decisionsPath?: string;
  /**
   * How long a call waits for the lock of another connection before it rejects with `UNAVAILABLE`, in milliseconds,
   * 0–60,000. The process stands still meanwhile. @defaultValue `5000`
   */
  readonly busyTimeoutMillis?: number;
  /**
   * Whether to refuse to open while another process has opened these files with this option: `watchRevisions` tells
   * only of changes made through the same storage. The hold ends with the process, however that ends.
   * @defaultValue `false`
   */
  readonly exclusive?: boolean;
}

interface Databases {
  readonly hold: ExclusiveHold;
  readonly configuration: SqliteDatabase;
  readonly decisions: SqliteDatabase;
}

const defaultBusyTimeoutMillis = 5000;
const largestBusyTimeoutMillis = 60_000;

/**
 * Opens a storage on two SQLite files, which are made, readable by their owner alone, when they do not exist.
 *
 * @throws StorageError with code `UNAVAILABLE` when a file cannot be opened, or `CORRUPT` when it is not a database
 * of byot or was written by a newer version.
 * @throws TypeError when an option is out of range.
 */
export function openSqliteStorage(options: SqliteStorageOptions): Storage {
  const { path, busyTimeoutMillis = defaultBusyTimeoutMillis } = options;
  const decisionsPath = options.decisionsPath ?? decisionsPathBeside(path);
  checkOptions({ path, decisionsPath, busyTimeoutMillis });
  const hold = options.exclusive === true ? holdExclusively(path) : noHold;
  try {
    return storageOn({ hold, ...openBoth({ path, decisionsPath, busyTimeoutMillis }) });
  } catch (error) {
    hold.release();
    throw error;
  }
}

type Paths = Required<Omit<SqliteStorageOptions, "exclusive">>;

function openBoth({ path, decisionsPath, busyTimeoutMillis }: Paths): Omit<Databases, "hold"> {
  const configuration = openDatabase({ path, busyTimeoutMillis, migrations: "configuration" });
  try {
    const decisions = openDatabase({
      path: decisionsPath,
      busyTimeoutMillis,
      migrations: "decisions",
    });
    return { configuration, decisions };
  } catch (error) {
    configuration.$client.close();
    throw error;
  }
}

function checkOptions(options: Paths): void {
  const { path, decisionsPath, busyTimeoutMillis } = options;
  checkPath(path);
  checkPath(decisionsPath);
  if (path === decisionsPath && path !== inMemoryPath) {
    throw new TypeError(`the decision log cannot be in the same file as the rest: \`${path}\``);
  }
  const inRange = busyTimeoutMillis >= 0 && busyTimeoutMillis <= largestBusyTimeoutMillis;
  if (!Number.isInteger(busyTimeoutMillis) || !inRange) {
    throw new TypeError(
      `busyTimeoutMillis is a whole number from 0 to ${largestBusyTimeoutMillis}, not ${busyTimeoutMillis}`,
    );
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

function storageOn(databases: Databases): Storage {
  const gate = createCallGate(toStorageError);
  const parts = { gate, database: databases.configuration };
  return {
    workspaces: createWorkspaceStore(parts),
    providers: createConfiguredStore(parts, "provider"),
    policies: createPolicyStore(parts),
    resources: createConfiguredStore(parts, "resource"),
    permissions: createConfiguredStore(parts, "permission"),
    apiKeys: createApiKeyStore(parts),
    decisionLog: createDecisionLog({ gate, database: databases.decisions }),
    ...configurationOf(parts),
    ...lifeOf(gate, databases),
  };
}

type Configuration = Pick<Storage, "apply" | "revision" | "readConfiguration" | "watchRevisions">;

function configurationOf(parts: {
  readonly gate: CallGate;
  readonly database: SqliteDatabase;
}): Configuration {
  const { gate, database } = parts;
  const revisions = createRevisionWatch();
  return {
    apply: (changes) =>
      gate.run(() => {
        const change = applyToSqlite(database, changes);
        revisions.announce(change);
        return change.revision;
      }),
    revision: (workspaceId) => gate.run(() => readRevision(database, workspaceId)),
    readConfiguration: (workspaceId) =>
      gate.run(() => readSqliteConfiguration(database, workspaceId)),
    watchRevisions(listener) {
      gate.checkOpen();
      return revisions.watch(listener);
    },
  };
}

function lifeOf(
  gate: CallGate,
  { hold, configuration, decisions }: Databases,
): Pick<Storage, "isReady" | "close"> {
  return {
    isReady: async () => !gate.isClosed() && canWrite(configuration) && canWrite(decisions),
    async close() {
      if (gate.close()) {
        configuration.$client.close();
        decisions.$client.close();
        hold.release();
      }
    },
  };
}

/** Whether the write lock can be had: not when the file is read-only, locked or gone bad. */
function canWrite(database: SqliteDatabase): boolean {
  try {
    database.transaction(() => undefined, { behavior: "immediate" });
    return true;
  } catch {
    return false;
  }
}
