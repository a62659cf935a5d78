import type { KeySources } from "../keys/key-source.js";
import type { ProviderReference } from "../token-refusal.js";
import type { TrustedIssuer } from "../trusted-issuer.js";
import type { VerifiedToken } from "../verified-token.js";
import type { WorkspaceTrust } from "../workspace-trust.js";
import { checkClaims, checkIssuer, type ClaimContext } from "./check-claims.js";
import type { Pipeline, ProvenToken } from "./prove-token.js";
import type { ReadToken } from "./read-token.js";
import { referencesTo } from "./references.js";
import { checkTokenType } from "./select-provider.js";
import type { TokenHeader } from "./token-header.js";

/** A token that was accepted, with all that its acceptance rested on. */
export interface RememberedToken {
  /** The workspace that accepted it. */
  readonly workspaceId: string;
  /** The claim `iss`, as the token spells it. */
  readonly issuer: string;
  /** What was used of its header. */
  readonly header: TokenHeader;
  /** The providers that could have vouched for it, in order. */
  readonly candidates: readonly ProviderReference[];
  /** The answer. */
  readonly token: VerifiedToken;
  /** When its claims were checked, in seconds since 1970. */
  readonly checkedAt: number;
}

/** Remembers tokens that were accepted; see `createVerifiedTokenCache`. */
export interface VerifiedTokenCache {
  /** The name of a token of a workspace; two of them never have the same. */
  keyOf(workspaceId: string, token: string): string;
  /** What is remembered, unless its life is over; `now` in seconds since 1970. */
  find(key: string, now: number): RememberedToken | undefined;
  /** Remembers a token that was accepted just now. */
  keep(key: string, remembered: RememberedToken): void;
  /** Forgets a token. */
  forget(key: string): void;
  /** Tells whether a token was revoked since it was accepted. */
  isRevoked(token: VerifiedToken): boolean;
}

/** Where a token is remembered. */
export interface TokenMemory {
  /** The memory. */
  readonly cache: VerifiedTokenCache;
  /** The name of the token there. */
  readonly key: string;
}

/** Answers from memory if what is remembered would be answered again; forgets it if not. */
export function recallToken(
  { cache, key }: TokenMemory,
  trust: WorkspaceTrust,
  pipeline: Pipeline,
): VerifiedToken | undefined {
  const now = pipeline.clock().getTime() / 1000;
  const remembered = cache.find(key, now);
  if (remembered === undefined) {
    return undefined;
  }
  const provider = findUnchangedProvider(remembered, trust);
  const isStillGood =
    provider !== undefined &&
    isStillProven(remembered, provider, pipeline.keys) &&
    isStillAccepted(remembered, { trust, provider, now, limits: pipeline.limits }) &&
    !cache.isRevoked(remembered.token);
  if (!isStillGood) {
    cache.forget(key);
    return undefined;
  }
  return remembered.token;
}

/** What has to be remembered of a token that was just accepted. */
export function rememberToken(
  { issuer, header }: ReadToken,
  trust: WorkspaceTrust,
  { verified, checkedAt }: ProvenToken,
): RememberedToken {
  const candidates = referencesTo(trust.candidates(issuer));
  return { workspaceId: trust.workspaceId, issuer, header, candidates, token: verified, checkedAt };
}

/**
 * The provider that vouched for a token, if it and all that could have vouched in its place are there in the
 * same order and at the same versions: a provider that came in between might be preferred now.
 */
function findUnchangedProvider(
  { workspaceId, issuer, candidates, token }: RememberedToken,
  trust: WorkspaceTrust,
): TrustedIssuer | undefined {
  const current = trust.candidates(issuer);
  const isUnchanged =
    workspaceId === trust.workspaceId &&
    current.length === candidates.length &&
    current.every((candidate, index) => isSameVersion(candidate, candidates[index]));
  return isUnchanged
    ? current.find((candidate) => isSameVersion(candidate, token.provider))
    : undefined;
}

function isSameVersion(one: ProviderReference, other: ProviderReference | undefined): boolean {
  return one.id === other?.id && one.version === other.version;
}

/** A signature stays proven as long as the key that proved it is the key that would have to prove it now. */
function isStillProven(
  { header, token }: RememberedToken,
  provider: TrustedIssuer,
  keys: KeySources,
): boolean {
  if (provider.requireKid === true && header.kid === undefined) {
    return false;
  }
  return keys.sourceFor(provider).findNow(header)?.thumbprint === token.key.thumbprint;
}

function isStillAccepted(
  { header, token: { claims } }: RememberedToken,
  context: ClaimContext,
): boolean {
  return (
    checkTokenType(header, context.provider) === undefined &&
    checkIssuer(claims, context) === undefined &&
    checkClaims(claims, context).ok
  );
}
