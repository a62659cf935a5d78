import { Router } from "express";
import { isLoopbackHost } from "./demo/loopback.js";
import { demoBanner } from "./demo/demo-banner.js";
import { writeDemoEnvironment } from "./demo/demo-environment.js";
import { openDemoIdentityProvider } from "./demo/demo-identity-provider.js";
import { demoRootKey } from "./demo/demo-root-key.js";
import { createDemoRoutes } from "./demo/demo-routes.js";
import { ensureDemoWorkspace } from "./demo/demo-workspace.js";
import type { Composition } from "./compose.js";
import { openDataFolder } from "./process/data-folder.js";
import { createLogger } from "./process/logger.js";
import { run } from "./process/run.js";
import { StartProblem } from "./process/start-problem.js";
import { startServer } from "./start-server.js";

const furtherPorts = 20;
// The demo's terminal is for people.
const demoDefaults = { BYOT_LOG_LEVEL: "warn" };

// The start for trying byot out: the real server, with a demo workspace and an identity provider for it.
await run(async (configuration) => {
  if (configuration.store.kind !== "folder") {
    throw new StartProblem("the demo keeps its data in a folder; leave BYOT_DATABASE_URL out");
  }
  const folder = await openDataFolder(configuration.store.path, "demo");
  const givesTokens = isLoopbackHost(configuration.host);
  const { url, chosenRootKey = "" } = await startServer({
    configuration,
    place: { kind: "folder", database: folder.database },
    logger: createLogger(configuration.logLevel),
    chooseRootKey: () => demoRootKey(folder.rootKey, configuration.rootKey),
    // The demo has chosen one always.
    deliverRootKey: () => Promise.resolve(),
    prepare: async ({ services: { storage, clock } }: Composition) => {
      const idp = await openDemoIdentityProvider(folder.demoSigningKey, clock);
      await ensureDemoWorkspace(storage, idp, clock());
      return givesTokens ? createDemoRoutes(idp) : Router();
    },
    furtherPorts,
    onTaken: (port) => process.stdout.write(`byot: port ${port} is taken, trying ${port + 1}\n`),
    onEnded: () => process.stdout.write("byot has stopped\n"),
  });
  await writeDemoEnvironment(folder.demoEnvironment, { url, apiKey: chosenRootKey });
  process.stdout.write(demoBanner({ url, environmentFile: folder.demoEnvironment, givesTokens }));
}, demoDefaults);
