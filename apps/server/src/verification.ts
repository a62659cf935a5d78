import type { DiagnosisParts } from "@byot/authorizer";
import { explainClaims, prepareClaims } from "@byot/provider-presets";
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

/** What tokens are verified with. */
export interface VerificationParts {
  /** Where keys may be fetched from. */
  readonly keyUrlRules: KeyUrlRules;
  /** How long an accepted token may be remembered, in seconds; 0 for not at all. */
  readonly tokenCacheSeconds: number;
  /** The time of day. */
  readonly clock: () => Date;
  /** Where the operator reads. */
  readonly logger: Logger;
  /** Puts something around the keys of providers that looks on. */
  readonly watchKeys: (keys: ManagedKeySources) => ManagedKeySources;
}

/** What verifies tokens. */
export interface Verification {
  /** The keys of every provider. */
  readonly keys: ManagedKeySources;
  /** Decides whether a token is to be trusted. */
  readonly verifier: TokenVerifier;
  /** Explains a token, and grants nothing. */
  readonly diagnosis: DiagnosisParts;
}

/** Puts together what verifies tokens, with keys fetched over the network. */
export function createVerification(parts: VerificationParts): Verification {
  const { keyUrlRules, tokenCacheSeconds, clock, logger } = parts;
  const keys = parts.watchKeys(
    createKeySources({
      fetcher: createNodeFetcher(keyUrlRules),
      clock,
      onEvent: (event) => logKeyEvent(logger, event),
    }),
  );
  const cache =
    tokenCacheSeconds === 0
      ? {}
      : { cache: createVerifiedTokenCache({ lifeSeconds: tokenCacheSeconds }) };
  const verifying = { keys, clock, signatures: nodeSignatures() };
  return {
    keys,
    verifier: createTokenVerifier({ ...verifying, ...cache }),
    // SECURITY: without the memory for tokens, so that no diagnosis is ever remembered as an acceptance.
    diagnosis: {
      verifier: createTokenVerifier(verifying),
      keys,
      clock,
      prepareClaims,
      explainClaims,
    },
  };
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
