import type { KeyFailure } from "./keys/key-failure.js";

/**
 * Every reason for which a token can be refused. The codes are stable; new ones come with a new minor
 * version.
 */
export const tokenRefusalCodes = [
  "token_missing",
  "token_malformed",
  "token_too_large",
  "token_alg_not_allowed",
  "token_header_not_supported",
  "token_type_not_allowed",
  "token_issuer_unknown",
  "token_key_unknown",
  "token_signature_invalid",
  "token_expired",
  "token_not_active",
  "token_issued_in_future",
  "token_lifetime_too_long",
  "token_audience_mismatch",
  "token_party_mismatch",
  "token_claim_missing",
  "token_claim_invalid",
  "jwks_unavailable",
] as const;

/** One of {@link tokenRefusalCodes}. */
export type TokenRefusalCode = (typeof tokenRefusalCodes)[number];

/** A provider at one version, as answers and logs name it. */
export interface ProviderReference {
  /** The id of the {@link TrustedIssuer}. */
  readonly id: string;
  /** Its version. */
  readonly version: number;
}

/** Why one check of a token failed. */
export interface TokenProblem {
  /** Switch on this; it is stable. */
  readonly code: TokenRefusalCode;
  /** For humans: names a claim or a header, never its value. */
  readonly detail: string;
  /** When trying the same token again may help: in how many seconds, at least 1. */
  readonly retryAfterSeconds?: number;
  /** For `jwks_unavailable`: what went wrong. Meant for the operator's log, not for the caller. */
  readonly keyFailure?: KeyFailure;
}

/** Who signed the token and for whom it speaks, known because the signature was proven. */
export interface ProvenIdentity {
  /** The canonical issuer of the provider. */
  readonly issuer: string;
  /** The claim `sub`; absent when it is missing or invalid. */
  readonly subject?: string;
}

/**
 * Why a token was refused, and as much about it as may be logged.
 *
 * It holds no part of the token but the issuer and, once the signature was proven, the subject.
 */
export interface TokenRefusal extends TokenProblem {
  /**
   * The claim `iss` as the token states it, once the payload could be read and while its signature is not
   * proven: anybody can have written it. At most 256 characters; control characters and lone surrogates
   * are replaced by U+FFFD.
   */
  readonly unverifiedIssuer?: string;
  /** The provider that the token was held against, once one was selected. */
  readonly provider?: ProviderReference;
  /** Present when the signature was proven before the token was refused. */
  readonly verified?: ProvenIdentity;
}
