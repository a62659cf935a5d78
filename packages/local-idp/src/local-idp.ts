import type { Clock } from "./clock.js";
import type { JsonObject } from "./json-value.js";
import type { JWKSet } from "./json-web-key.js";
import type { Person } from "./person.js";
import type { Result } from "./result.js";
import type { SigningKey } from "./signing-key.js";

/** What a local identity provider is made of. */
export interface LocalIdpOptions {
  /** The `iss` of every token. A name is enough, it need not be an address. */
  readonly issuer: string;
  /** The `aud` of a token that is not asked for another. */
  readonly audience: string;
  /** Who can have tokens; ids must differ. */
  readonly people: readonly Person[];
  /** Signs every token. */
  readonly key: SigningKey;
  /** Tells when a token is issued. */
  readonly clock: Clock;
  /** How long a token lives, in seconds, a whole number of at least 1. @defaultValue `600` */
  readonly tokenLifetimeSeconds?: number;
  /** Makes the `jti` of a token. @defaultValue a random UUID */
  readonly createTokenId?: () => string;
}

/** How one token differs from the usual ones. */
export interface IssueTokenOptions {
  /**
   * How long this token lives, in seconds, a whole number. Zero or less makes a token that has
   * expired already. @defaultValue the `tokenLifetimeSeconds` of the provider
   */
  readonly expiresInSeconds?: number;
  /** The `aud` of this token. @defaultValue the `audience` of the provider */
  readonly audience?: string;
  /**
   * Claims that come on top of those of the person and replace those of the same name; the
   * registered names of RFC 7519, section 4.1 are refused. @defaultValue `{}`
   */
  readonly claims?: JsonObject;
}

/** Why no token was issued. */
export interface IssueTokenProblem {
  /** The provider knows nobody of that id. Stable between minor releases. */
  readonly code: "person_unknown";
  /** One line for humans. */
  readonly message: string;
}

/** An identity provider within the process; it has no HTTP of its own. */
export interface LocalIdp {
  /** The `iss` of every token. */
  readonly issuer: string;
  /** The `aud` of a token that is not asked for another. */
  readonly audience: string;
  /** Who can have tokens, in the order they were given. */
  readonly people: readonly Person[];
  /** The public half of the signing key, for whoever verifies the tokens; never a private member. */
  jwks(): JWKSet;
  /**
   * Issues a fresh RS256 token (RFC 7519) for a person.
   *
   * @throws TypeError when an option is misused: a registered claim, a lifetime that is not a whole
   * number, an empty audience.
   */
  issueToken(
    personId: string,
    options?: IssueTokenOptions,
  ): Promise<Result<string, IssueTokenProblem>>;
}
