import { createCallGate, createRevisionWatch, type CallGate, type Storage } from "@byot/storage";
import type { Pool } from "pg";
import { applyToPostgres } from "./apply-to-postgres.js";
import { startDeadline } from "./deadline.js";
import { createLogWriter, type LogWriter } from "./decisions/log-writer.js";
import { createDecisionLog } from "./decisions/postgres-decision-log.js";
import { migrateDatabase } from "./migrate-database.js";
import { closePools, openPools, type Pools } from "./open-pools.js";
import { createApiKeyStore } from "./postgres-api-key-store.js";
import { createChangeLog } from "./postgres-change-log.js";
import { createConfiguredStore, createWorkspaceStore } from "./postgres-configured-store.js";
import { toStorageError } from "./postgres-errors.js";
import { partsOf, type PostgresParts } from "./postgres-parts.js";
import { createPolicyStore } from "./postgres-policy-store.js";
import { createSecretStore } from "./postgres-secret-store.js";
import { readPostgresConfiguration } from "./read-postgres-configuration.js";
import { startRevisionFeed, type RevisionFeed } from "./revisions/revision-feed.js";
import {
  completeOptions,
  type CompleteOptions,
  type PostgresStorageOptions,
} from "./storage-options.js";
import { readRevision } from "./workspace-revision.js";

const readyMillis = 1000;
const closeMillis = 5000;

/**
 * Opens a storage on a PostgreSQL database, whose tables are made and brought up to date, all of them in a schema
 * `byot`. Several storages, in one process or many, share a database: each is told of the changes that others make.
 *
 * @throws StorageError with code `UNAVAILABLE` when the database cannot be reached or may not be migrated, or `CORRUPT`
 * when it was written by a newer version.
 * @throws TypeError when an option is out of range.
 */
export async function openPostgresStorage(options: PostgresStorageOptions): Promise<Storage> {
  const complete = completeOptions(options);
  const revisions = createRevisionWatch();
  try {
    await migrateDatabase(complete);
    const feed = await startRevisionFeed({
      options: complete,
      announce: (change) => revisions.announce(change),
      monotonicMillis: () => performance.now(),
    });
    return storageOn(complete, feed, revisions);
  } catch (error) {
    throw toStorageError(error);
  }
}

type RevisionWatch = ReturnType<typeof createRevisionWatch>;

function storageOn(
  options: CompleteOptions,
  feed: RevisionFeed,
  revisions: RevisionWatch,
): Storage {
  const gate = createCallGate(toStorageError);
  const pools = openPools(options);
  const parts = partsOf(gate, pools.main);
  const writer = createLogWriter({ pool: pools.log, timeoutMillis: options.appendTimeoutMillis });
  return {
    workspaces: createWorkspaceStore(parts),
    providers: createConfiguredStore(parts, "provider"),
    policies: createPolicyStore(parts),
    resources: createConfiguredStore(parts, "resource"),
    permissions: createConfiguredStore(parts, "permission"),
    apiKeys: createApiKeyStore(parts),
    changeLog: createChangeLog(parts),
    decisionLog: createDecisionLog({ ...parts, reading: partsOf(gate, pools.reading), writer }),
    secrets: createSecretStore(parts),
    ...configurationOf(parts, feed),
    watchRevisions(listener) {
      gate.checkOpen();
      return revisions.watch(listener);
    },
    ...lifeOf({ gate, pools, feed, writer }),
  };
}

function configurationOf(
  { gate, pool, database }: PostgresParts,
  feed: RevisionFeed,
): Pick<Storage, "apply" | "revision" | "readConfiguration" | "millisSinceConfirmed"> {
  return {
    apply: (changes) =>
      gate.run(async () => {
        const change = await applyToPostgres(pool, changes);
        feed.tell(change);
        return change.revision;
      }),
    revision: (workspaceId) => gate.run(() => readRevision(database, workspaceId)),
    readConfiguration: (workspaceId) =>
      gate.run(() => readPostgresConfiguration(pool, workspaceId)),
    millisSinceConfirmed: () => feed.millisSinceConfirmed(),
  };
}

interface Life {
  readonly gate: CallGate;
  readonly pools: Pools;
  readonly feed: RevisionFeed;
  readonly writer: LogWriter;
}

function lifeOf({ gate, pools, feed, writer }: Life): Pick<Storage, "isReady" | "close"> {
  let closing: Promise<void> | undefined;

  async function end(): Promise<void> {
    gate.close();
    await Promise.all([feed.stop(), writer.settle()]);
    await closePools(pools);
  }

  return {
    isReady: async () => !gate.isClosed() && canWrite(pools.main),
    close() {
      // Whatever hangs is given up: its time is bounded elsewhere.
      closing ??= startDeadline(closeMillis)
        .wait(end())
        .catch(() => undefined);
      return closing;
    },
  };
}

const writableSql =
  "SELECT NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off' AS writable";

/** Whether the database answers, and takes writes: not when it is a standby or read-only. */
async function canWrite(pool: Pool): Promise<boolean> {
  try {
    const { rows } = await startDeadline(readyMillis).wait(
      pool.query<{ writable: boolean }>(writableSql),
    );
    return rows[0]?.writable === true;
  } catch {
    return false;
  }
}
