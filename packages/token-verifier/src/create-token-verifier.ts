import { type Clock, systemClock } from "./clock.js";
import type { KeySources, VerificationKey } from "./keys/key-source.js";
import { completeLimits, type Limits } from "./limits.js";
import { fail, type Result, succeed } from "./result.js";
import { defaultAlgorithms } from "./signature-algorithm.js";
import { joseSignatures } from "./signatures/jose-signatures.js";
import type { SignatureEngine } from "./signatures/signature-engine.js";
import { type CheckedClaims, checkClaims, checkIssuer, readSubject } from "./token/check-claims.js";
import { checkTokenShape } from "./token/parse-token.js";
import { type ReadToken, readToken, refuseUnproven } from "./token/read-token.js";
import { verifySignature } from "./token/verify-signature.js";
import type { TokenProblem, TokenRefusal } from "./token-refusal.js";
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
  };
  return {
    verify: async (trust, token, context) => {
      context?.signal?.throwIfAborted();
      const shape = checkTokenShape(token, pipeline.limits);
      if (!shape.ok) {
        return shape;
      }
      const read = readToken(shape.value, trust, pipeline.limits);
      return read.ok ? await proveToken(pipeline, { ...read.value, trust, ...context }) : read;
    },
  };
}

interface Pipeline {
  readonly engine: SignatureEngine;
  readonly keys: KeySources;
  readonly clock: Clock;
  readonly limits: Limits;
}

interface TokenToProve extends ReadToken, VerifyContext {
  readonly trust: WorkspaceTrust;
}

async function proveToken(
  { keys, clock, limits, engine }: Pipeline,
  token: TokenToProve,
): Promise<Result<VerifiedToken, TokenRefusal>> {
  const { claims, provider, trust, signal } = token;
  const key = await verifySignature(token, {
    source: keys.sourceFor(provider),
    algorithms: provider.algorithms ?? defaultAlgorithms,
    requireKid: provider.requireKid === true,
    engine,
    signal,
  });
  if (!key.ok) {
    return fail(refuseUnproven(token, key.error));
  }
  const context = { trust, provider, now: clock().getTime() / 1000, limits };
  const stranger = checkIssuer(claims, context);
  if (stranger !== undefined) {
    return fail(refuseUnproven(token, stranger));
  }
  const checked = checkClaims(claims, context);
  return checked.ok
    ? succeed(describe(token, key.value, checked.value))
    : fail(refuseProven(token, checked.error, limits));
}

function refuseProven(
  { claims, provider }: ReadToken,
  problem: TokenProblem,
  limits: Limits,
): TokenRefusal {
  const subject = readSubject(claims, limits);
  return {
    ...problem,
    provider: { id: provider.id, version: provider.version },
    verified: { issuer: provider.issuer, ...(subject.ok ? { subject: subject.value } : {}) },
  };
}

function describe(
  { claims, provider }: ReadToken,
  key: VerificationKey,
  { subject, audience, times }: CheckedClaims,
): VerifiedToken {
  const { jti } = claims;
  return Object.freeze({
    issuer: provider.issuer,
    subject,
    audience: Object.freeze([...audience]),
    provider: Object.freeze({ id: provider.id, version: provider.version }),
    key: Object.freeze({
      ...(key.kid === undefined ? {} : { kid: key.kid }),
      thumbprint: key.thumbprint,
    }),
    expiresAt: times.exp,
    ...(times.iat === undefined ? {} : { issuedAt: times.iat }),
    ...(typeof jti === "string" ? { tokenId: jti } : {}),
    claims,
  });
}
