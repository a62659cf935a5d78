import type { SignatureAlgorithm } from "./signature-algorithm.js";

/** A public key as a JSON Web Key (RFC 7517 §4). Only the members its kind of key needs are read. */
export interface JWK {
  /** One member of the key. */
  readonly [member: string]: unknown;
}

/** A set of public keys (RFC 7517 §5). */
export interface JWKSet {
  /** The keys. Unusable ones are dropped, and duplicates of one `kid` are dropped all. */
  readonly keys: readonly JWK[];
}

/** Where the public keys of an issuer come from. */
export type IssuerKeys =
  | {
      /** Address of the key set: https on port 443, without user information or fragment. */
      readonly jwksUri: string;
    }
  | {
      /** The address is taken from `/.well-known/openid-configuration` (OpenID Connect Discovery 1.0 §4). */
      readonly discovery: true;
    }
  | {
      /** The key set itself; nothing is fetched. */
      readonly inline: JWKSet;
    };

/** A claim that can say for whom a token is meant. */
export type AudienceClaim = "aud" | "azp" | "client_id";

/**
 * An issuer that a workspace trusts, and which of its tokens.
 *
 * Immutable: every change is a new object with a new {@link TrustedIssuer.version}.
 */
export interface TrustedIssuer {
  /** Names the provider within its workspace. */
  readonly id: string;
  /** The workspace that trusts this issuer; no other one does by that. */
  readonly workspaceId: string;
  /** Grows with every change of the provider. */
  readonly version: number;
  /** A provider that is not enabled is as good as absent. */
  readonly enabled: boolean;
  /**
   * Compared to `iss` character by character: no trailing slash, letter case or port is forgiven.
   * This spelling is the issuer of the verified token.
   */
  readonly issuer: string;
  /** Further exact spellings of `iss`, such as `accounts.google.com`. @defaultValue none */
  readonly issuerAliases?: readonly string[];
  /** A token must be meant for at least one of these. An empty list admits no token. */
  readonly allowedAudiences: readonly [string, ...string[]];
  /** Of these claims the first that a token has decides for whom it is meant. @defaultValue `["aud"]` */
  readonly audienceClaims?: readonly AudienceClaim[];
  /** When set, `azp` is required and must be listed (OpenID Connect Core 1.0 §2). @defaultValue not checked */
  readonly authorizedParties?: readonly string[];
  /** What its tokens may be signed with. @defaultValue `["RS256"]` */
  readonly algorithms?: readonly SignatureAlgorithm[];
  /**
   * Allowed `typ` headers, compared as media types: without letter case, with or without `application/`
   * (RFC 7515 §4.1.9); `""` stands for a token without `typ`. @defaultValue `["", "JWT", "at+jwt"]`
   */
  readonly tokenTypes?: readonly string[];
  /** Where its public keys come from. */
  readonly keys: IssuerKeys;
  /** Clock difference to forgive, in seconds, 0–300. @defaultValue `30` */
  readonly clockToleranceSeconds?: number;
  /** When set, `iat` is required and `exp` − `iat` must not exceed this many seconds. @defaultValue not checked */
  readonly maxLifetimeSeconds?: number;
  /** When true, a token without `kid` is refused even if the set has only one key. @defaultValue `false` */
  readonly requireKid?: boolean;
}

/** The audience claims of a provider that names none. */
export const defaultAudienceClaims: readonly AudienceClaim[] = ["aud"];

/** The `typ` headers of a provider that names none. */
export const defaultTokenTypes: readonly string[] = Object.freeze(["", "JWT", "at+jwt"]);

/** Clock difference that is forgiven to a provider that names none, in seconds. */
export const defaultClockToleranceSeconds = 30;

/** The largest clock difference that can be forgiven, in seconds. */
export const maximumClockToleranceSeconds = 300;
