import { randomBytes } from "node:crypto";
import { createAuthorizer, createWorkspaceSnapshots } from "@byot/authorizer";
import type { Storage } from "@byot/storage";
import { openSqliteStorage } from "@byot/storage-sqlite";
import { createKeySources, createTokenVerifier } from "@byot/token-verifier";
import { createNodeFetcher } from "@byot/token-verifier/node";
import type { Logger } from "pino";
import { v7 as uuid } from "uuid";
import type { Configuration } from "./configuration.js";
import type { Services } from "./operations/services.js";
import type { DataFolder } from "./process/data-folder.js";

/** The service, put together from its real parts. */
export interface Composition {
  /** What the operations work with. */
  readonly services: Services;
  /** Lets go of everything. */
  close(): Promise<void>;
}

const clock = (): Date => new Date();

/** Puts the service together: the only place that names a storage adapter, the clock and the network. */
export function compose(
  configuration: Pick<Configuration, "allowLoopbackHttp">,
  folder: DataFolder,
  logger: Logger,
): Composition {
  const { allowLoopbackHttp } = configuration;
  const storage: Storage = openSqliteStorage({ path: folder.database, exclusive: true });
  const snapshots = createWorkspaceSnapshots(storage);
  const keys = createKeySources({ fetcher: createNodeFetcher({ allowLoopbackHttp }), clock });
  const authorizer = createAuthorizer({
    workspaces: snapshots,
    verifier: createTokenVerifier({ keys, clock }),
    decisionLog: storage.decisionLog,
    clock,
    createId: uuid,
    stopwatch: () => performance.now(),
    onNotRecorded: (error) => {
      logger.error({ err: error }, "a decision or a refused token could not be recorded");
    },
    onKeysUnavailable: (event) => logger.warn(event, "the keys of a provider could not be had"),
  });
  return {
    services: {
      storage,
      authorizer,
      clock,
      createId: uuid,
      randomBytes,
      allowLoopbackHttp,
    },
    async close() {
      snapshots.close();
      await storage.close();
    },
  };
}
