import { StorageError } from "@byot/storage";
import { Pool, type ClientBase, type PoolConfig } from "pg";
import { toStorageError } from "./postgres-errors.js";
import type { CompleteOptions } from "./storage-options.js";

/** The connections of one open storage. */
export interface Pools {
  /** For everything that the others are not for. */
  readonly main: Pool;
  /** Reads the decision log, which may take long: nobody who needs the configuration waits for that. */
  readonly reading: Pool;
  /** The one connection that writes decisions: no slow query keeps it waiting. */
  readonly log: Pool;
}

const mostReaders = 4;

/** Makes the pools; they connect when they are used. */
export function openPools(options: CompleteOptions): Pools {
  const { poolSize, appendTimeoutMillis, statementTimeoutMillis } = options;
  return {
    main: openPool(options, {
      max: poolSize,
      ...timeouts(statementTimeoutMillis),
      // oxlint-disable-next-line typescript/no-misused-promises -- pg-pool waits for it before it lends the connection
      onConnect: waitForTheDisk,
    }),
    reading: openPool(options, { max: mostReaders, ...timeouts(statementTimeoutMillis) }),
    log: openPool(options, {
      max: 1,
      ...timeouts(appendTimeoutMillis),
      idleTimeoutMillis: 0,
      // oxlint-disable-next-line typescript/no-misused-promises -- pg-pool waits for it before it lends the connection
      onConnect: waitForTheDisk,
    }),
  };
}

/**
 * Makes commits wait until they are on the disk, also where the database is set not to: a revoked key that comes back
 * after a crash is as bad as a decision that is gone.
 */
function waitForTheDisk(client: ClientBase): Promise<unknown> {
  return client.query(
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'",
  );
}

/** What every connection to the database is made with. */
export function connectionConfig({ url }: Pick<CompleteOptions, "url">): PoolConfig {
  return { connectionString: url, application_name: "byot", keepAlive: true };
}

/** Both ends keep the time: PostgreSQL for a lock that is not let go, this one for a PostgreSQL that is gone. */
function timeouts(millis: number): PoolConfig {
  return {
    connectionTimeoutMillis: millis,
    statement_timeout: millis,
    query_timeout: millis,
  };
}

function openPool(options: CompleteOptions, config: PoolConfig): Pool {
  const pool = new Pool({ ...connectionConfig(options), ...config });
  const report = (error: Error): void => {
    const failure = toStorageError(error);
    if (failure instanceof StorageError) {
      options.onBackgroundError(failure);
    }
  };
  // Without a listener, the loss of a connection ends the process: that of an idle one is an event of the pool, that
  // of one in use between two queries is its own, and the next query fails of it.
  pool.on("error", report);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** Ends all connections, once what is under way has ended. */
export async function closePools({ main, reading, log }: Pools): Promise<void> {
  await Promise.all([main.end(), reading.end(), log.end()]);
}
