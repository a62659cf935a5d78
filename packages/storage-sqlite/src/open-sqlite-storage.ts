import { createCallGate, type CallGate, type Storage } from "@byot/storage";
import { applyToSqlite } from "./apply-to-sqlite.js";
import { inMemoryPath } from "./database-paths.js";
import { createDecisionHosts, type DecisionHosts } from "./decisions/decision-hosts.js";
import { createDecisionLog } from "./decisions/sqlite-decision-log.js";
import { holdExclusively, noHold, type ExclusiveHold } from "./hold-exclusively.js";
import { openDatabase, type SqliteDatabase } from "./open-database.js";
import { readRevision, readSqliteConfiguration } from "./read-sqlite-configuration.js";
import { createReadiness } from "./readiness.js";
import { createApiKeyStore } from "./sqlite-api-key-store.js";
import { createChangeLog } from "./sqlite-change-log.js";
import { createConfiguredStore, createWorkspaceStore } from "./sqlite-configured-store.js";
import { toStorageError } from "./sqlite-errors.js";
import { createPolicyStore } from "./sqlite-policy-store.js";
import {
  createOwnRevisions,
  createSharedRevisions,
  type SqliteRevisions,
} from "./sqlite-revisions.js";
import { createSecretStore } from "./sqlite-secret-store.js";
import { completeOptions, type SqliteStorageOptions } from "./sqlite-storage-options.js";

interface StorageParts extends DecisionHosts {
  readonly hold: ExclusiveHold;
  readonly configuration: SqliteDatabase;
  readonly decisions: SqliteDatabase;
  readonly revisions: SqliteRevisions;
}

/**
 * Opens a storage on two SQLite files, which are made, readable by their owner alone, when they do not exist. The
 * threads that write the decision log, and that read all of it, are started when they are first needed.
 *
 * @throws StorageError with code `UNAVAILABLE` when a file cannot be opened, or `CORRUPT` when it is not a database
 * of byot or was written by a newer version.
 * @throws TypeError when an option is out of range.
 */
export function openSqliteStorage(options: SqliteStorageOptions): Storage {
  const complete = completeOptions(options);
  const hold = complete.exclusive ? holdExclusively(complete.path) : noHold;
  try {
    return storageOn({ hold, ...openBoth(complete) });
  } catch (error) {
    hold.release();
    throw error;
  }
}

function openBoth(options: Required<SqliteStorageOptions>): Omit<StorageParts, "hold"> {
  const { path, decisionsPath, busyTimeoutMillis, decisionsBusyTimeoutMillis } = options;
  const configuration = openDatabase({ path, busyTimeoutMillis, migrations: "configuration" });
  try {
    const revisions = revisionsOf(configuration, options);
    const decisions = openDatabase({
      path: decisionsPath,
      busyTimeoutMillis,
      migrations: "decisions",
    });
    const hosts = createDecisionHosts(decisions, {
      path: decisionsPath,
      busyTimeoutMillis: decisionsBusyTimeoutMillis,
    });
    return { configuration, decisions, revisions, ...hosts };
  } catch (error) {
    configuration.$client.close();
    throw error;
  }
}

function revisionsOf(
  configuration: SqliteDatabase,
  { path, exclusive, watchIntervalMillis }: Required<SqliteStorageOptions>,
): SqliteRevisions {
  return exclusive || path === inMemoryPath
    ? createOwnRevisions()
    : createSharedRevisions(configuration, watchIntervalMillis);
}

function storageOn(parts: StorageParts): Storage {
  const gate = createCallGate(toStorageError);
  const configuration = { gate, database: parts.configuration };
  return {
    workspaces: createWorkspaceStore(configuration),
    providers: createConfiguredStore(configuration, "provider"),
    policies: createPolicyStore(configuration),
    resources: createConfiguredStore(configuration, "resource"),
    permissions: createConfiguredStore(configuration, "permission"),
    apiKeys: createApiKeyStore(configuration),
    changeLog: createChangeLog(configuration),
    secrets: createSecretStore(configuration),
    decisionLog: createDecisionLog({ ...parts, gate, database: parts.decisions }),
    ...configurationOf(gate, parts),
    ...lifeOf(gate, parts),
  };
}

type Configuration = Pick<
  Storage,
  "apply" | "revision" | "readConfiguration" | "watchRevisions" | "millisSinceConfirmed"
>;

function configurationOf(
  gate: CallGate,
  { configuration: database, revisions }: StorageParts,
): Configuration {
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
    millisSinceConfirmed: () => revisions.millisSinceConfirmed(),
  };
}

function lifeOf(gate: CallGate, parts: StorageParts): Pick<Storage, "isReady" | "close"> {
  const { configuration, decisions, writer, reader, revisions, hold } = parts;
  const isReady = createReadiness(configuration, writer);
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    gate.close();
    revisions.stop();
    await Promise.all([writer.close(), reader.close()]);
    configuration.$client.close();
    decisions.$client.close();
    hold.release();
  }

  return {
    isReady: async () => !gate.isClosed() && (await isReady()),
    close: () => (closing ??= close()),
  };
}
