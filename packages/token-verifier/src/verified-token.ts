import type { JsonObject } from "./json-object.js";
import type { ProviderReference } from "./token-refusal.js";

/** The key that proved a token. */
export interface ProvingKey {
  /** The `kid` of the key; absent when the key set gives it none. */
  readonly kid?: string;
  /** SHA-256 thumbprint of the key, base64url (RFC 7638). */
  readonly thumbprint: string;
}

/** A token that passed every check. Deeply frozen. */
export interface VerifiedToken {
  /** The canonical issuer of the provider, never an alias. */
  readonly issuer: string;
  /** The claim `sub`: 1–512 well-formed characters without NUL. */
  readonly subject: string;
  /** Every value of the claim that decided for whom the token is meant. */
  readonly audience: readonly string[];
  /** The provider that vouches for the token. */
  readonly provider: ProviderReference;
  /** The key that proved the signature. */
  readonly key: ProvingKey;
  /** The claim `exp`, in seconds since 1970 (RFC 7519 §4.1.4). */
  readonly expiresAt: number;
  /** The claim `iat`, in seconds since 1970 (RFC 7519 §4.1.6). */
  readonly issuedAt?: number;
  /** The claim `jti`, when it is a string (RFC 7519 §4.1.7). */
  readonly tokenId?: string;
  /** Every claim; deeply frozen, without prototypes: `constructor` is there only if the token says so. */
  readonly claims: JsonObject;
}
