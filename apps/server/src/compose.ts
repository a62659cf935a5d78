import { createHash, randomBytes } from "node:crypto";
import {
  type Authorizer,
  createAuthorizer,
  createWorkspaceSnapshots,
  diagnoseToken,
} from "@byot/authorizer";
import { prepareClaims } from "@byot/provider-presets";
import type { Storage, StorageError } from "@byot/storage";
import { openPostgresStorage } from "@byot/storage-postgres";
import { openSqliteStorage } from "@byot/storage-sqlite";
import type { Logger } from "pino";
import { openConsoleSessions } from "./access/console-sessions.js";
import type { Configuration, Monitoring, StoreChoice } from "./configuration.js";
import { createHttpFrame, type HttpFrame } from "./http/http-frame.js";
import { createInstruments, type Instruments, noInstruments } from "./metrics/instruments.js";
import type { ServiceMetrics } from "./metrics/service-metrics.js";
import { mostUnconfirmedMillis } from "./most-unconfirmed-millis.js";
import { openPseudonyms, type Pseudonym } from "./operations/audit/subject-pseudonyms.js";
import type { Services } from "./operations/services.js";
import { createIds } from "./process/create-ids.js";
import { rateBounded } from "./process/rate-bounded.js";
import { scheduleLater, scheduleTimeout } from "./process/schedules.js";
import { createRecording } from "./recording.js";
import { startTracing } from "./tracing/start-tracing.js";
import { noTracing, type Tracing } from "./tracing/tracing.js";
import { createVerification, type Verification } from "./verification.js";

/** Where everything is kept, ready to be opened. */
export type StorePlace =
  | {
      /** SQLite files. */
      readonly kind: "folder";
      /** The file of the configuration; the others lie beside it. */
      readonly database: string;
    }
  | Extract<StoreChoice, { readonly kind: "postgres" }>;

/** The service, put together from its real parts. */
export interface Composition {
  /** What the operations work with. */
  readonly services: Services;
  /** What is the same for every request. */
  readonly frame: HttpFrame;
  /** What can be read about the service; `undefined` when nobody asked for it. */
  readonly metrics: ServiceMetrics | undefined;
  /** Writes what still has to be written, and lets go of everything. */
  close(): Promise<void>;
}

/** What a composition is made from. */
export interface CompositionParts {
  /** What the environment says. */
  readonly configuration: Pick<
    Configuration,
    | "allowLoopbackHttp"
    | "keyFetchAllow"
    | "tokenCacheSeconds"
    | "publicUrl"
    | "http"
    | "monitoring"
  >;
  /** Where everything is kept. */
  readonly place: StorePlace;
  /** Where the operator reads. */
  readonly logger: Logger;
}

const clock = (): Date => new Date();
const createId = createIds({ now: Date.now, randomBytes });
const stopwatch = (): number => performance.now();
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Puts the service together: the only place that names a storage adapter, the clock and the network. */
export async function compose(parts: CompositionParts): Promise<Composition> {
  const tracing = parts.configuration.monitoring.traces
    ? await startOwnTracing(parts.logger)
    : noTracing;
  const storage = await openStorage(parts);
  try {
    return await composeOn(storage, tracing, parts);
  } catch (error) {
    await storage.close();
    throw error;
  }
}

function startOwnTracing(logger: Logger): Promise<Tracing> {
  const troubles = rateBounded<string>({
    tell: (trouble) => logger.warn({ trouble }, "traces could not be exported"),
    merge: (_earlier, later) => later,
    schedule: scheduleLater,
  });
  return startTracing({
    loadSdk: () => import("@opentelemetry/sdk-node"),
    onTrouble: troubles.tell,
    pause: (millis) => new Promise((resolve) => scheduleLater(resolve, millis)),
  });
}

async function openStorage({ place, logger }: CompositionParts): Promise<Storage> {
  if (place.kind === "folder") {
    return openSqliteStorage({ path: place.database, exclusive: true });
  }
  const failures = rateBounded<StorageError>({
    tell: (error) => logger.warn({ err: error }, "the database failed in the background"),
    merge: (_earlier, later) => later,
    schedule: scheduleLater,
  });
  const { url, migrate } = place;
  return openPostgresStorage({ url, migrate, onBackgroundError: failures.tell });
}

async function composeOn(
  storage: Storage,
  tracing: Tracing,
  { configuration, logger }: CompositionParts,
): Promise<Composition> {
  const { allowLoopbackHttp, keyFetchAllow: allow, tokenCacheSeconds, http } = configuration;
  const keyUrlRules = { allowLoopbackHttp, allow };
  const instruments = instrumentsFor(configuration.monitoring);
  const pseudonym = await openPseudonyms(storage.secrets, randomBytes);
  const verification = createVerification({
    keyUrlRules,
    tokenCacheSeconds,
    clock,
    logger,
    watchKeys: (keys) => instruments.keys(keys),
  });
  const deciding = createDeciding({ storage, logger, instruments, verification, pseudonym });
  return {
    services: {
      storage,
      authorizer: tracing.authorizer(deciding.authorizer),
      diagnoseToken: (request) => diagnoseToken(verification.diagnosis, request),
      keys: verification.keys,
      clock,
      createId,
      pseudonym,
      sessions: await openConsoleSessions(storage.secrets, randomBytes),
      publicUrl: configuration.publicUrl,
      randomBytes,
      keyUrlRules,
    },
    frame: createHttpFrame({
      createId,
      options: http,
      observer: instruments.http,
      run: tracing.run,
    }),
    metrics: deciding.metrics,
    async close() {
      await deciding.close();
      await storage.close();
      await tracing.stop();
    },
  };
}

interface DecidingParts extends Pick<CompositionParts, "logger"> {
  readonly storage: Storage;
  readonly instruments: Instruments;
  readonly verification: Verification;
  readonly pseudonym: Pseudonym;
}

interface Deciding extends Pick<Composition, "metrics" | "close"> {
  readonly authorizer: Authorizer;
}

/** Puts together what decides, and what records it. */
function createDeciding({ storage, logger, instruments, ...parts }: DecidingParts): Deciding {
  const snapshots = createWorkspaceSnapshots(storage, {
    stopwatch,
    schedule: scheduleTimeout,
    limits: { staleMillis: mostUnconfirmedMillis },
  });
  const decisionLog = instruments.log(storage.decisionLog);
  const recording = createRecording({ decisionLog, createId, stopwatch, logger });
  const { decisionRecorder, refusalRecorder } = recording;
  const authorizer = createAuthorizer({
    decisionRecorder: instruments.recorder(decisionRecorder),
    refusalRecorder,
    workspaces: snapshots,
    verifier: instruments.verifier(parts.verification.verifier),
    clock,
    createId,
    prepareClaims,
    stopwatch,
    hash: sha256,
    pseudonym: parts.pseudonym,
    onKeysUnavailable: (event) => logger.warn(event, "the keys of a provider could not be had"),
  });
  return {
    authorizer: instruments.authorizer(authorizer),
    metrics: instruments.metrics({ decisionRecorder, snapshots }),
    async close() {
      await recording.close();
      snapshots.close();
    },
  };
}

// Measuring takes a little time of every check, so it is done only where somebody reads what comes of it.
function instrumentsFor({ metricsPort, metricsToken }: Monitoring): Instruments {
  return metricsPort === undefined && metricsToken === undefined
    ? noInstruments
    : createInstruments(stopwatch);
}
