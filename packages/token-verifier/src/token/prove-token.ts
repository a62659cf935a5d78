import type { Clock } from "../clock.js";
import type { KeySources, VerificationKey } from "../keys/key-source.js";
import type { Limits } from "../limits.js";
import { fail, type Result, succeed } from "../result.js";
import { defaultAlgorithms } from "../signature-algorithm.js";
import type { TokenProblem, TokenRefusal } from "../token-refusal.js";
import type { VerifiedToken } from "../verified-token.js";
import type { WorkspaceTrust } from "../workspace-trust.js";
import { type CheckedClaims, checkClaims, checkIssuer, readSubject } from "./check-claims.js";
import type { TokenReading } from "./parse-token.js";
import { type ReadToken, refuseUnproven } from "./read-token.js";
import { provingKey, referenceTo } from "./references.js";
import { verifySignature } from "./verify-signature.js";

/** What every verification of one verifier shares. */
export interface Pipeline extends TokenReading {
  /** The keys of every provider. */
  readonly keys: KeySources;
  /** The time. */
  readonly clock: Clock;
}

/** A token that is read, and for whom. */
export interface TokenToProve {
  /** The token. */
  readonly token: ReadToken;
  /** The trust of the workspace that asks. */
  readonly trust: WorkspaceTrust;
  /** Ends the waiting for keys. */
  readonly signal: AbortSignal | undefined;
}

/** A proven token, with the time at which its claims were checked, in seconds since 1970. */
export interface ProvenToken {
  /** The token. */
  readonly verified: VerifiedToken;
  /** When. */
  readonly checkedAt: number;
}

/** Proves the signature of a token and then holds its claims against every rule. */
export async function proveToken(
  { keys, clock, limits, engine }: Pipeline,
  { token, trust, signal }: TokenToProve,
): Promise<Result<ProvenToken, TokenRefusal>> {
  const { claims, provider } = token;
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
    ? succeed({ verified: describe(token, key.value, checked.value), checkedAt: context.now })
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
    provider: referenceTo(provider),
    verified: { issuer: provider.issuer, ...(subject.ok ? { subject: subject.value } : {}) },
  };
}

function describe(
  { claims, provider }: ReadToken,
  key: VerificationKey,
  { subject, audience, times }: CheckedClaims,
): VerifiedToken {
  const { jti } = claims;
  const { iat, exp: expiresAt } = times;
  const { issuer } = provider;
  const vouching = referenceTo(provider);
  const proving = provingKey(key);
  Object.freeze(audience);
  // Written out twice, where spreading would say it shorter: this runs, and is remembered, for every token.
  const verified: { -readonly [Name in keyof VerifiedToken]: VerifiedToken[Name] } =
    iat === undefined
      ? { issuer, subject, audience, provider: vouching, key: proving, expiresAt, claims }
      : {
          issuer,
          subject,
          audience,
          provider: vouching,
          key: proving,
          expiresAt,
          issuedAt: iat,
          claims,
        };
  if (typeof jti === "string") {
    verified.tokenId = jti;
  }
  return Object.freeze(verified);
}
