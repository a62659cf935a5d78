#!/usr/bin/env node
import { openDataFolder } from "./process/data-folder.js";
import { createLogger } from "./process/logger.js";
import { run } from "./process/run.js";
import { startServer } from "./start-server.js";

// The production start: no demo, and no key but the root key.
await run(async (configuration) => {
  const logger = createLogger(configuration.logLevel);
  const folder = await openDataFolder(configuration.dataFolder, "production");
  const { url } = await startServer({
    configuration,
    folder,
    logger,
    chooseRootKey: async () => configuration.rootKey,
    furtherPorts: 0,
    onTaken: () => undefined,
    onEnded: () => logger.info("byot has stopped"),
  });
  logger.info({ url, dataFolder: folder.path }, "byot is ready");
});
