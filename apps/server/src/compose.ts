import { createHash, randomBytes } from "node:crypto";
import { createAuthorizer, createWorkspaceSnapshots, diagnoseToken } from "@byot/authorizer";
import { prepareClaims } from "@byot/provider-presets";
import type { Storage, StorageError } from "@byot/storage";
import { openPostgresStorage } from "@byot/storage-postgres";
import { openSqliteStorage } from "@byot/storage-sqlite";
import type { Logger } from "pino";
import { v7 as uuid } from "uuid";
import { openConsoleSessions } from "./access/console-sessions.js";
import type { Configuration, StoreChoice } from "./configuration.js";
import { mostUnconfirmedMillis } from "./most-unconfirmed-millis.js";
import { openPseudonyms } from "./operations/audit/subject-pseudonyms.js";
import type { Services } from "./operations/services.js";
import { rateBounded } from "./process/rate-bounded.js";
import { scheduleLater, scheduleTimeout } from "./process/schedules.js";
import { createRecording } from "./recording.js";
import { createVerification } from "./verification.js";

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
  /** Writes what still has to be written, and lets go of everything. */
  close(): Promise<void>;
}

/** What a composition is made from. */
export interface CompositionParts {
  /** What the environment says about verifying tokens and about where the server is reached. */
  readonly configuration: Pick<
    Configuration,
    "allowLoopbackHttp" | "keyFetchAllow" | "tokenCacheSeconds" | "publicUrl"
  >;
  /** Where everything is kept. */
  readonly place: StorePlace;
  /** Where the operator reads. */
  readonly logger: Logger;
}

const clock = (): Date => new Date();
const stopwatch = (): number => performance.now();
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Puts the service together: the only place that names a storage adapter, the clock and the network. */
export async function compose(parts: CompositionParts): Promise<Composition> {
  const storage = await openStorage(parts);
  try {
    return await composeOn(storage, parts);
  } catch (error) {
    await storage.close();
    throw error;
  }
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
  { configuration, logger }: CompositionParts,
): Promise<Composition> {
  const { allowLoopbackHttp, keyFetchAllow: allow, tokenCacheSeconds } = configuration;
  const keyUrlRules = { allowLoopbackHttp, allow };
  const pseudonym = await openPseudonyms(storage.secrets, randomBytes);
  const verification = createVerification({ keyUrlRules, tokenCacheSeconds, clock, logger });
  const snapshots = createWorkspaceSnapshots(storage, {
    stopwatch,
    schedule: scheduleTimeout,
    limits: { staleMillis: mostUnconfirmedMillis },
  });
  const { decisionLog } = storage;
  const recording = createRecording({ decisionLog, createId: uuid, stopwatch, logger });
  const authorizer = createAuthorizer({
    ...recording,
    workspaces: snapshots,
    verifier: verification.verifier,
    clock,
    createId: uuid,
    prepareClaims,
    stopwatch,
    hash: sha256,
    pseudonym,
    onKeysUnavailable: (event) => logger.warn(event, "the keys of a provider could not be had"),
  });
  return {
    services: {
      storage,
      authorizer,
      diagnoseToken: (request) => diagnoseToken(verification.diagnosis, request),
      keys: verification.keys,
      clock,
      createId: uuid,
      pseudonym,
      sessions: await openConsoleSessions(storage.secrets, randomBytes),
      publicUrl: configuration.publicUrl,
      randomBytes,
      keyUrlRules,
    },
    async close() {
      await recording.close();
      snapshots.close();
      await storage.close();
    },
  };
}
