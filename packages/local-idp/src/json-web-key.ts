// These are type aliases: unlike an interface, an alias is accepted wherever a verifier asks for an
// object with an index signature, so that `jwks()` fits without a cast.

/** The public half of an RSA signing key (RFC 7517; members of RFC 7518, section 6.3.1). */
export type PublicJWK = {
  /** Key type. */
  readonly kty: "RSA";
  /** Key id: the RFC 7638 SHA-256 thumbprint of the key, base64url. */
  readonly kid: string;
  /** The key is for signatures (RFC 7517, section 4.2). */
  readonly use: "sig";
  /** The one algorithm the key may be used with (RFC 7517, section 4.4). */
  readonly alg: "RS256";
  /** Modulus, base64url of the big-endian number. */
  readonly n: string;
  /** Public exponent, base64url of the big-endian number. */
  readonly e: string;
};

/**
 * A whole RSA signing key, private members included (RFC 7518, section 6.3.2). Whoever reads it can
 * issue tokens: keep it in a file that only its owner may read.
 */
export type PrivateJWK = PublicJWK & {
  /** Private exponent, base64url. */
  readonly d: string;
  /** First prime factor, base64url. */
  readonly p: string;
  /** Second prime factor, base64url. */
  readonly q: string;
  /** Exponent of the first factor, base64url. */
  readonly dp: string;
  /** Exponent of the second factor, base64url. */
  readonly dq: string;
  /** Coefficient of the first factor, base64url. */
  readonly qi: string;
};

/** The public keys a verifier needs (RFC 7517, section 5). */
export type JWKSet = {
  /** One entry for each key that may have signed a token. */
  readonly keys: readonly PublicJWK[];
};
