/**
 * The signature algorithms a provider can be allowed to use (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864 §2).
 *
 * The list is closed and asymmetric: `none` and the HMAC family can not be written down.
 * `EdDSA` is the older name of `Ed25519`; both mean the same here.
 */
export const signatureAlgorithms = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "Ed25519",
  "EdDSA",
] as const;

/** One of {@link signatureAlgorithms}. */
export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

/** What a provider may use that lists no algorithms. */
export const defaultAlgorithms: readonly SignatureAlgorithm[] = ["RS256"];

/** The kind of key that an algorithm needs: `kty` and, for curves, `crv` of a JWK (RFC 7517 §4.1). */
export interface KeyKind {
  /** The JWK member `kty`. */
  readonly kty: "RSA" | "EC" | "OKP";
  /** The JWK member `crv`; absent for RSA. */
  readonly crv?: string;
}

/** Which kind of key signs with which algorithm. */
export const keyKinds: Readonly<Record<SignatureAlgorithm, KeyKind>> = {
  RS256: { kty: "RSA" },
  RS384: { kty: "RSA" },
  RS512: { kty: "RSA" },
  PS256: { kty: "RSA" },
  PS384: { kty: "RSA" },
  PS512: { kty: "RSA" },
  ES256: { kty: "EC", crv: "P-256" },
  ES384: { kty: "EC", crv: "P-384" },
  ES512: { kty: "EC", crv: "P-521" },
  Ed25519: { kty: "OKP", crv: "Ed25519" },
  EdDSA: { kty: "OKP", crv: "Ed25519" },
};

const names: ReadonlySet<unknown> = new Set(signatureAlgorithms);

/** Tells a name of the closed list from everything else; names are case-sensitive (RFC 7515 §4.1.1). */
export function isSignatureAlgorithm(value: unknown): value is SignatureAlgorithm {
  return names.has(value);
}

/** One name for each algorithm: the newer one where there are two. */
export function canonicalAlgorithm(algorithm: SignatureAlgorithm): SignatureAlgorithm {
  return algorithm === "EdDSA" ? "Ed25519" : algorithm;
}

/** Tells whether two names mean the same algorithm. */
export function isSameAlgorithm(one: SignatureAlgorithm, other: SignatureAlgorithm): boolean {
  return canonicalAlgorithm(one) === canonicalAlgorithm(other);
}
