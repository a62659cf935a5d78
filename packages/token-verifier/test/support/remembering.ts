import {
  createKeySources,
  createTokenVerifier,
  type Limits,
  type RememberedToken,
  type SignatureEngine,
  type TrustedIssuer,
  type VerifiedTokenCache,
} from "@byot/token-verifier";
import {
  createVerifiedTokenCache,
  nodeSignatures,
  type VerifiedTokenCacheOptions,
} from "@byot/token-verifier/node";
import {
  acmeKey,
  acmeProvider,
  createHandClock,
  type HandClock,
  outcome,
  trustIn,
} from "./acme.js";
import {
  createHandWait,
  createKeyEndpoint,
  type HandWait,
  type KeyEndpoint,
} from "./key-endpoint.js";

/** A verifier with a memory, with everything around it in the hands of the test. */
export interface RememberingStage {
  readonly clock: HandClock;
  readonly endpoint: KeyEndpoint;
  readonly time: HandWait;
  /** What the cache was told to keep, by name. */
  readonly kept: ReadonlyMap<string, RememberedToken>;
  /** How often the payload of a token was decoded and how often a signature was proven. */
  readonly work: { decoded: number; proven: number };
  /** Verifies for a workspace that trusts these providers; without any, the one of {@link remoteProvider}. */
  readonly check: (token: unknown, ...providers: readonly TrustedIssuer[]) => Promise<string>;
  /** Whether the token is answered from memory: accepted without any work. */
  readonly isRemembered: (
    token: unknown,
    ...providers: readonly TrustedIssuer[]
  ) => Promise<boolean>;
  /** Resolves when no fetch is under way. */
  readonly landed: () => Promise<void>;
}

/** A provider whose keys are at the endpoint of the stage. */
export function remoteProvider(changes: Partial<TrustedIssuer> = {}): TrustedIssuer {
  return acmeProvider({ keys: { jwksUri: "https://login.acme.example/keys" }, ...changes });
}

export function setRememberingStage(
  options: VerifiedTokenCacheOptions = {},
  limits: Partial<Limits> = {},
): RememberingStage {
  const clock = createHandClock();
  const endpoint = createKeyEndpoint(acmeKey);
  const time = createHandWait();
  const work = { decoded: 0, proven: 0 };
  const kept = new Map<string, RememberedToken>();
  let ended = 0;
  const onEvent = (): void => {
    ended += 1;
  };
  const { fetcher } = endpoint;
  const verifier = createTokenVerifier({
    keys: createKeySources({ fetcher, clock, wait: time.wait, limits, onEvent }),
    clock,
    limits,
    signatures: countingEngine(work),
    cache: watchedCache(createVerifiedTokenCache(options), kept),
  });
  const check: RememberingStage["check"] = (token, ...providers) =>
    outcome(
      verifier.verify(trustIn(...(providers.length === 0 ? [remoteProvider()] : providers)), token),
    );
  return {
    clock,
    endpoint,
    time,
    kept,
    work,
    check,
    landed: () => until(() => ended === endpoint.requests.length),
    isRemembered: async (...request) => {
      const before = { ...work };
      const answer = await check(...request);
      return (
        answer === "accepted" && work.decoded === before.decoded && work.proven === before.proven
      );
    },
  };
}

/** Lets everything else happen until something is so. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}

function countingEngine(work: RememberingStage["work"]): SignatureEngine {
  const engine = nodeSignatures();
  return {
    decode: (part) => {
      work.decoded += 1;
      return engine.decode(part);
    },
    verify: (proof) => {
      work.proven += 1;
      return engine.verify(proof);
    },
  };
}

function watchedCache(
  cache: VerifiedTokenCache,
  kept: Map<string, RememberedToken>,
): VerifiedTokenCache {
  return {
    ...cache,
    keep: (key, remembered) => {
      kept.set(key, remembered);
      cache.keep(key, remembered);
    },
  };
}
