import type { Router } from "express";
import type { Logger } from "pino";
import { ensureRootKey } from "./access/root-key.js";
import { compose, type Composition } from "./compose.js";
import type { Configuration } from "./configuration.js";
import { createApp } from "./create-app.js";
import type { DataFolder } from "./process/data-folder.js";
import { shutDownOnSignal } from "./process/graceful-shutdown.js";
import { listen, type Listening } from "./process/listen.js";
import { writePrivateFile } from "./process/private-file.js";

/** What a start is made from. */
export interface StartParts {
  /** What the environment says. */
  readonly configuration: Configuration;
  /** Where all data is. */
  readonly folder: DataFolder;
  /** Where the operator reads. */
  readonly logger: Logger;
  /** Says which root key the operator wants. It is asked once nobody else can use the data. */
  readonly chooseRootKey: () => Promise<string | undefined>;
  /** Prepares the composed service, and gives further routes. @defaultValue nothing */
  readonly prepare?: (composition: Composition) => Promise<Router>;
  /** How many of the following ports to try when one is taken. */
  readonly furtherPorts: number;
  /** Is told of each port that was taken. */
  readonly onTaken: (port: number) => void;
  /** Is told when the server was asked to end and has ended. */
  readonly onEnded: () => void;
}

/** A server that answers. */
export interface Started extends Listening {
  /** The root key when it was chosen. */
  readonly chosenRootKey: string | undefined;
}

/** Composes the service, listens, and sees to its orderly end. */
export async function startServer(parts: StartParts): Promise<Started> {
  const { configuration, folder, logger, prepare } = parts;
  const composition = compose(configuration, folder, logger);
  try {
    const { services } = composition;
    const chosenRootKey = await parts.chooseRootKey();
    await ensureRootKey({
      apiKeys: services.storage.apiKeys,
      chosen: chosenRootKey,
      async deliver(key) {
        await writePrivateFile(folder.rootKey, `${key}\n`);
        logger.info({ file: folder.rootKey }, "a root key was made and written to this file");
      },
      clock: services.clock,
      randomBytes: services.randomBytes,
    });
    const extraRoutes = await prepare?.(composition);
    const app = createApp({
      services,
      logger,
      ...(extraRoutes === undefined ? {} : { extraRoutes }),
    });
    const listening = await listen(app, { ...configuration, ...parts });
    const close = (): Promise<void> => composition.close();
    shutDownOnSignal({ server: listening.server, close }, parts.onEnded);
    return { ...listening, chosenRootKey };
  } catch (error) {
    await composition.close();
    throw error;
  }
}
