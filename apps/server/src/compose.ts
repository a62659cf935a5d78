import { randomBytes } from "node:crypto";
import {
  createAuthorizer,
  createWorkspaceSnapshots,
  diagnoseToken,
  type DiagnosisParts,
} from "@byot/authorizer";
import { explainClaims, prepareClaims } from "@byot/provider-presets";
import type { Storage } from "@byot/storage";
import { openSqliteStorage } from "@byot/storage-sqlite";
import {
  createKeySources,
  createTokenVerifier,
  type KeySourceEvent,
  type KeyUrlRules,
  type ManagedKeySources,
  type TokenVerifier,
} from "@byot/token-verifier";
import {
  createNodeFetcher,
  createVerifiedTokenCache,
  nodeSignatures,
} from "@byot/token-verifier/node";
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

/** What the environment says about verifying tokens. */
export type VerificationSettings = Pick<
  Configuration,
  "allowLoopbackHttp" | "keyFetchAllow" | "tokenCacheSeconds"
>;

/** Puts the service together: the only place that names a storage adapter, the clock and the network. */
export function compose(
  configuration: VerificationSettings,
  folder: DataFolder,
  logger: Logger,
): Composition {
  const storage: Storage = openSqliteStorage({ path: folder.database, exclusive: true });
  const snapshots = createWorkspaceSnapshots(storage);
  const keyUrlRules = {
    allowLoopbackHttp: configuration.allowLoopbackHttp,
    allow: configuration.keyFetchAllow,
  };
  const keys = createKeys(keyUrlRules, logger);
  const verifier = createVerifier(configuration.tokenCacheSeconds, keys);
  const diagnosing = diagnosisParts(keys);
  const authorizer = createAuthorizer({
    workspaces: snapshots,
    verifier,
    decisionLog: storage.decisionLog,
    clock,
    createId: uuid,
    prepareClaims,
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
      diagnoseToken: (request) => diagnoseToken(diagnosing, request),
      keys,
      clock,
      createId: uuid,
      randomBytes,
      keyUrlRules,
    },
    async close() {
      snapshots.close();
      await storage.close();
    },
  };
}

function createKeys(keyUrlRules: KeyUrlRules, logger: Logger): ManagedKeySources {
  return createKeySources({
    fetcher: createNodeFetcher(keyUrlRules),
    clock,
    onEvent: (event) => logKeyEvent(logger, event),
  });
}

function createVerifier(tokenCacheSeconds: number, keys: ManagedKeySources): TokenVerifier {
  const cache =
    tokenCacheSeconds === 0
      ? {}
      : { cache: createVerifiedTokenCache({ lifeSeconds: tokenCacheSeconds }) };
  return createTokenVerifier({ keys, clock, signatures: nodeSignatures(), ...cache });
}

// SECURITY: without the memory for tokens, so that no diagnosis is ever remembered as an acceptance.
function diagnosisParts(keys: ManagedKeySources): DiagnosisParts {
  const verifier = createTokenVerifier({ keys, clock, signatures: nodeSignatures() });
  return { verifier, keys, clock, prepareClaims, explainClaims };
}

function logKeyEvent(logger: Logger, event: KeySourceEvent): void {
  const { workspaceId, providerId, issuer } = event;
  const about = { workspaceId, providerId, issuer };
  switch (event.type) {
    case "keys_fetched":
      logger.debug({ ...about, kids: event.keys.map(({ kid }) => kid) }, "keys were fetched");
      break;
    case "fetch_failed":
      logger.warn(
        { ...about, failure: event.failure, failures: event.failures },
        "keys not fetched",
      );
      break;
    case "jwks_uri_changed":
      logger.warn({ ...about, from: event.from, to: event.to }, "the key set has moved");
      break;
  }
}
