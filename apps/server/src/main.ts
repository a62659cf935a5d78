#!/usr/bin/env node
import type { StorePlace } from "./compose.js";
import type { Configuration } from "./configuration.js";
import { openDataFolder } from "./process/data-folder.js";
import { createLogger } from "./process/logger.js";
import { writePrivateFile } from "./process/private-file.js";
import { run } from "./process/run.js";
import { StartProblem } from "./process/start-problem.js";
import { startServer, type StartParts } from "./start-server.js";

interface OpenedPlace extends Pick<StartParts, "deliverRootKey"> {
  readonly place: StorePlace;
  /** Where the data is, as the operator may see it. */
  readonly described: object;
}

// The production start: no demo, and no key but the root key.
await run(async (configuration) => {
  const logger = createLogger(configuration.logLevel);
  const { described, ...opened } = await openPlace(configuration, (file) =>
    logger.info({ file }, "a root key was made and written to this file"),
  );
  const { url, metricsUrl } = await startServer({
    ...opened,
    configuration,
    logger,
    chooseRootKey: async () => configuration.rootKey,
    furtherPorts: 0,
    onTaken: () => undefined,
    onEnded: () => logger.info("byot has stopped"),
  });
  logger.info({ url, metricsUrl, ...described }, "byot is ready");
});

async function openPlace(
  { store }: Configuration,
  onKeyWritten: (file: string) => void,
): Promise<OpenedPlace> {
  if (store.kind === "postgres") {
    // SECURITY: the URL of the database is described by nothing: it may hold a password.
    return { place: store, described: { database: "postgres" }, deliverRootKey: refuseToMakeKey };
  }
  const folder = await openDataFolder(store.path, "production");
  return {
    place: { kind: "folder", database: folder.database },
    described: { dataFolder: folder.path },
    async deliverRootKey(key) {
      await writePrivateFile(folder.rootKey, `${key}\n`);
      onKeyWritten(folder.rootKey);
    },
  };
}

function refuseToMakeKey(): Promise<never> {
  return Promise.reject(new StartProblem("BYOT_ROOT_KEY is required with BYOT_DATABASE_URL"));
}
