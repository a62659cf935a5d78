import { createOpenApiDocument, type OpenApiDocument } from "@byot/api-contract";
import type { Router } from "express";
import type { Logger } from "pino";
import { ensureRootKey } from "./access/root-key.js";
import { compose, type Composition, type StorePlace } from "./compose.js";
import type { Configuration, Monitoring } from "./configuration.js";
import { createListener } from "./create-app.js";
import { type GuardedMetrics, openMetrics } from "./http/metrics-handlers.js";
import { dropOldLogs } from "./operations/drop-old-logs.js";
import type { Services } from "./operations/services.js";
import { shutDownOnSignal } from "./process/graceful-shutdown.js";
import { type Housekeeping, startHousekeeping } from "./process/housekeeping.js";
import { listen, type Listening } from "./process/listen.js";
import { scheduleLater } from "./process/schedules.js";
import { serverVersion } from "./server-version.js";

/** What a start is made from. */
export interface StartParts {
  /** What the environment says. */
  readonly configuration: Configuration;
  /** Where all data is. */
  readonly place: StorePlace;
  /** Where the operator reads. */
  readonly logger: Logger;
  /** Says which root key the operator wants. It is asked once the data can be used. */
  readonly chooseRootKey: () => Promise<string | undefined>;
  /** Hands a root key that was made to the operator. */
  readonly deliverRootKey: (key: string) => Promise<void>;
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
  /** Where metrics are answered on a port of their own, if they are. */
  readonly metricsUrl: string | undefined;
}

/** Composes the service, listens, and sees to its orderly end. */
export async function startServer(parts: StartParts): Promise<Started> {
  const { configuration, logger, prepare } = parts;
  const composition = await compose(parts);
  let metrics: Listening | undefined;
  try {
    const { services } = composition;
    const chosenRootKey = await parts.chooseRootKey();
    await ensureRootKey({
      apiKeys: services.storage.apiKeys,
      chosen: chosenRootKey,
      deliver: parts.deliverRootKey,
      clock: services.clock,
      randomBytes: services.randomBytes,
    });
    const extraRoutes = await prepare?.(composition);
    const listener = createListener({
      services,
      logger,
      frame: composition.frame,
      metrics: guardedMetrics(composition, configuration.monitoring),
      describeApi: () => describeApi(configuration),
      logDecisions: configuration.logDecisions,
      ...(extraRoutes === undefined ? {} : { extraRoutes }),
    });
    metrics = await listenForMetrics(composition, configuration);
    const listening = await listen(listener, { ...configuration, ...parts });
    const housekeeping = keepHouse(services, logger);
    // What is being dropped ends with the storage: waiting for it first could take long.
    const close = async (): Promise<void> => {
      await Promise.all([housekeeping.stop(), composition.close()]);
      metrics?.server.close();
      metrics?.server.closeAllConnections();
    };
    shutDownOnSignal({ server: listening.server, close }, () => {
      parts.onEnded();
      if (configuration.monitoring.traces) {
        // Traces that nobody takes are tried again for longer than an end may take.
        process.exit();
      }
    });
    return { ...listening, metricsUrl: metrics && `${metrics.url}/metrics`, chosenRootKey };
  } catch (error) {
    metrics?.server.close();
    await composition.close();
    throw error;
  }
}

function describeApi({ publicUrl }: Configuration): OpenApiDocument {
  return createOpenApiDocument({
    version: serverVersion,
    ...(publicUrl === undefined ? {} : { serverUrl: publicUrl }),
  });
}

function guardedMetrics(
  { metrics }: Composition,
  { metricsToken }: Monitoring,
): GuardedMetrics | undefined {
  return metrics === undefined || metricsToken === undefined
    ? undefined
    : { metrics, token: metricsToken };
}

async function listenForMetrics(
  { metrics, frame }: Composition,
  { host, monitoring: { metricsPort } }: Configuration,
): Promise<Listening | undefined> {
  return metrics === undefined || metricsPort === undefined
    ? undefined
    : listen(openMetrics(metrics, frame), {
        port: metricsPort,
        host,
        furtherPorts: 0,
        onTaken: () => undefined,
        variable: "BYOT_METRICS_PORT",
      });
}

function keepHouse({ storage, clock }: Services, logger: Logger): Housekeeping {
  const onFailed = (error: unknown, workspaceId?: string): void => {
    logger.error({ err: error, workspaceId }, "old records could not be dropped");
  };
  return startHousekeeping({
    schedule: scheduleLater,
    task: (isStopped) =>
      dropOldLogs({
        storage,
        clock,
        isStopped,
        onDropped: (workspaceId, count) =>
          logger.info({ workspaceId, ...count }, "old records were dropped"),
        onFailed: (workspaceId, error) => onFailed(error, workspaceId),
      }),
    onFailed,
  });
}
