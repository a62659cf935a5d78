#!/usr/bin/env node
import { openDataFolder } from "./process/data-folder.js";
import { createLogger } from "./process/logger.js";
import { run } from "./process/run.js";
import { startServer } from "./start-server.js";

// The production start: no demo, and no key but the root key.
await run(async (configuration) => {
  const logger = createLogger(configuration.logLevel);
  const folder = await openDataFolder(configuration.dataFolder, "production");
  const { url, rootKeyOrigin } = await startServer({
    configuration,
    folder,
    logger,
    chooseRootKey: async () => configuration.rootKey,
    furtherPorts: 0,
    onTaken: () => undefined,
  });
  if (rootKeyOrigin === "made") {
    logger.info({ file: folder.rootKey }, "a root key was made and written to this file");
  }
  logger.info({ url, dataFolder: folder.path }, "byot is ready");
});
