import { type Clock, systemClock } from "./clock.js";
import type { KeySources } from "./keys/key-source.js";
import { completeLimits, type Limits } from "./limits.js";
import { type Result, succeed } from "./result.js";
import { joseSignatures } from "./signatures/jose-signatures.js";
import type { SignatureEngine } from "./signatures/signature-engine.js";
import { KnownHeaders } from "./token/known-headers.js";
import { checkTokenShape, type TokenShape } from "./token/parse-token.js";
import { type Pipeline, proveToken } from "./token/prove-token.js";
import { readToken } from "./token/read-token.js";
import {
  recallToken,
  rememberToken,
  type TokenMemory,
  type VerifiedTokenCache,
} from "./token/recall-token.js";
import type { TokenRefusal } from "./token-refusal.js";
import type { VerifiedToken } from "./verified-token.js";
import type { WorkspaceTrust } from "./workspace-trust.js";

/** What a verifier is made of. */
export interface TokenVerifierParts {
  /** Where the keys of the issuers come from; see {@link createKeySources}. */
  readonly keys: KeySources;
  /** The time. @defaultValue the clock of the machine */
  readonly clock?: Clock;
  /** Limits that differ from {@link defaultLimits}. @defaultValue none */
  readonly limits?: Partial<Limits>;
  /** How signatures are proven; `nodeSignatures()` is the fast way on Node. @defaultValue {@link joseSignatures} */
  readonly signatures?: SignatureEngine;
  /** Remembers accepted tokens for a short time; see `createVerifiedTokenCache`. @defaultValue none */
  readonly cache?: VerifiedTokenCache | undefined;
}

/** What a caller may say about one verification. */
export interface VerifyContext {
  /** Ends the waiting for keys; a fetch that others wait for goes on. @defaultValue never */
  readonly signal?: AbortSignal | undefined;
}

/** Decides whether tokens are genuine, unexpired, meant for a workspace and from an issuer it trusts. */
export interface TokenVerifier {
  /**
   * Verifies one token for one workspace. Whatever is wrong with the token, and whatever its type, comes
   * back as a {@link TokenRefusal}.
   *
   * @throws the reason of `context.signal` when that is aborted.
   */
  verify(
    trust: WorkspaceTrust,
    token: unknown,
    context?: VerifyContext,
  ): Promise<Result<VerifiedToken, TokenRefusal>>;
}

/**
 * Puts a verifier together.
 *
 * @throws TypeError when a limit is not an integer within its range.
 */
export function createTokenVerifier(parts: TokenVerifierParts): TokenVerifier {
  const pipeline: Pipeline = {
    keys: parts.keys,
    clock: parts.clock ?? systemClock,
    limits: completeLimits(parts.limits),
    engine: parts.signatures ?? joseSignatures(),
    headers: new KnownHeaders(),
  };
  const { cache } = parts;
  return {
    verify: async (trust, token, { signal } = {}) => {
      signal?.throwIfAborted();
      const shape = checkTokenShape(token, pipeline.limits);
      if (!shape.ok) {
        return shape;
      }
      const memory = cache && { cache, key: cache.keyOf(trust.workspaceId, shape.value.compact) };
      const remembered = memory && recallToken(memory, trust, pipeline);
      return remembered === undefined
        ? verifyAnew({ pipeline, memory, signal }, trust, shape.value)
        : succeed(remembered);
    },
  };
}

interface NewVerification {
  readonly pipeline: Pipeline;
  readonly memory: TokenMemory | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Apart from what is done for every token: most have been seen before. */
async function verifyAnew(
  { pipeline, memory, signal }: NewVerification,
  trust: WorkspaceTrust,
  shape: TokenShape,
): Promise<Result<VerifiedToken, TokenRefusal>> {
  const read = readToken(shape, trust, pipeline);
  if (!read.ok) {
    return read;
  }
  const proven = await proveToken(pipeline, { token: read.value, trust, signal });
  if (!proven.ok) {
    return proven;
  }
  pipeline.headers.remember(shape.header, read.value.header);
  memory?.cache.keep(memory.key, rememberToken(read.value, trust, proven.value));
  return succeed(proven.value.verified);
}
