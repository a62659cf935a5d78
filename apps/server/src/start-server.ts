import type { Router } from "express";
import type { Logger } from "pino";
import { ensureRootKey, type RootKeyOrigin } from "./access/root-key.js";
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
}

/** A server that answers. */
export interface Started extends Listening {
  /** How the root key came to be. */
  readonly rootKeyOrigin: RootKeyOrigin;
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
    const rootKeyOrigin = await ensureRootKey({
      apiKeys: services.storage.apiKeys,
      chosen: chosenRootKey,
      deliver: (key) => writePrivateFile(folder.rootKey, `${key}\n`),
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
    shutDownOnSignal({ server: listening.server, close: () => composition.close() });
    return { ...listening, rootKeyOrigin, chosenRootKey };
  } catch (error) {
    await composition.close();
    throw error;
  }
}
