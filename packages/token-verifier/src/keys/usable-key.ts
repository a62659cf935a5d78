import { base64url } from "jose";
import { isBase64Url } from "../base64url.js";
import { readOwn } from "../json-object.js";
import { fail, type Result, succeed } from "../result.js";
import {
  isSameAlgorithm,
  isSignatureAlgorithm,
  keyKinds,
  type KeyKind,
  type SignatureAlgorithm,
} from "../signature-algorithm.js";
import { isRocaModulus } from "./roca.js";

/** A key of a set that may verify signatures, reduced to what its kind of key needs. */
export interface UsableKey {
  /** Its id within the set. */
  readonly kid?: string;
  /** The public members alone: `kty` with `n`, `e` or `crv`, `x`, `y`. */
  readonly jwk: PublicJwk;
  /** Those of the wanted algorithms that this key can verify; at least one. */
  readonly algorithms: readonly SignatureAlgorithm[];
}

/** The public members of a key (RFC 7518 §6.2.1, §6.3.1; RFC 8037 §2). */
interface PublicJwk extends KeyKind {
  /** Modulus of an RSA key. */
  readonly n?: string;
  /** Exponent of an RSA key. */
  readonly e?: string;
  /** The point on the curve, or its first coordinate. */
  readonly x?: string;
  /** Second coordinate of the point. */
  readonly y?: string;
}

/** The members of private and of symmetric keys (RFC 7518 §6.2.2, §6.3.2 and §6.4.1, RFC 8037 §2). */
export const secretMembers: readonly string[] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

const publicMembers = { RSA: ["n", "e"], EC: ["x", "y"], OKP: ["x"] } as const;

const minimumModulusBits = 2048;
const maximumModulusBits = 4096;
const maximumExponentBits = 32;

/** Judges one entry of a key set. On failure `error` says in a few words why it is not usable. */
export function readUsableKey(
  entry: unknown,
  wanted: readonly SignatureAlgorithm[],
): Result<UsableKey, string> {
  const obstacle = findObstacle(entry);
  if (obstacle !== undefined) {
    return fail(obstacle);
  }
  const algorithms = wanted.filter((algorithm) => fits(entry, algorithm));
  const [first] = algorithms;
  if (first === undefined) {
    return fail("is not for an allowed algorithm");
  }
  const jwk = readPublicMembers(entry, keyKinds[first]);
  if (!jwk.ok) {
    return jwk;
  }
  const kid = readOwn(entry, "kid");
  return succeed({ jwk: jwk.value, algorithms, ...(typeof kid === "string" ? { kid } : {}) });
}

function findObstacle(entry: unknown): string | undefined {
  const use = readOwn(entry, "use");
  const operations = readOwn(entry, "key_ops");
  const kid = readOwn(entry, "kid");
  if (secretMembers.some((name) => readOwn(entry, name) !== undefined)) {
    return "has a private or secret member";
  }
  if (use !== undefined && use !== "sig") {
    return "is not for signatures";
  }
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes("verify"))) {
    return "is not for verifying";
  }
  return kid === undefined || typeof kid === "string" ? undefined : "has a `kid` that is no string";
}

function fits(entry: unknown, algorithm: SignatureAlgorithm): boolean {
  const own = readOwn(entry, "alg");
  const { kty, crv } = keyKinds[algorithm];
  return (
    readOwn(entry, "kty") === kty &&
    (crv === undefined || readOwn(entry, "crv") === crv) &&
    (own === undefined || (isSignatureAlgorithm(own) && isSameAlgorithm(own, algorithm)))
  );
}

function readPublicMembers(entry: unknown, kind: KeyKind): Result<PublicJwk, string> {
  const members = new Map<string, string>();
  for (const name of publicMembers[kind.kty]) {
    const value = readOwn(entry, name);
    if (typeof value !== "string" || !isBase64Url(value)) {
      return fail(`has no canonical base64url \`${name}\``);
    }
    members.set(name, value);
  }
  const jwk: PublicJwk = { ...kind, ...Object.fromEntries(members) };
  const weakness = kind.kty === "RSA" ? findRsaWeakness(jwk) : undefined;
  return weakness === undefined ? succeed(jwk) : fail(weakness);
}

function findRsaWeakness({ n = "", e = "" }: PublicJwk): string | undefined {
  const modulus = significantBytes(n);
  const bits = bitLength(modulus);
  if (bits < minimumModulusBits || bits > maximumModulusBits) {
    return `has an rsa modulus of ${bits} bits, not ${minimumModulusBits} to ${maximumModulusBits}`;
  }
  const exponent = significantBytes(e);
  const isOdd = (exponent.at(-1) ?? 0) % 2 === 1;
  // Odd and longer than one bit is 3 at the least.
  if (!isOdd || bitLength(exponent) < 2 || bitLength(exponent) > maximumExponentBits) {
    return `has an rsa exponent that is not odd, 3 or more and of ${maximumExponentBits} bits or less`;
  }
  return isRocaModulus(modulus)
    ? "has an rsa modulus that can be factored (roca, CVE-2017-15361)"
    : undefined;
}

/** The bytes of an integer without leading zeros (RFC 7518 §2, Base64urlUInt). */
function significantBytes(text: string): Uint8Array {
  const bytes = base64url.decode(text);
  const first = bytes.findIndex((byte) => byte !== 0);
  return first === -1 ? new Uint8Array() : bytes.subarray(first);
}

function bitLength(bytes: Uint8Array): number {
  const [first = 0] = bytes;
  return first === 0 ? 0 : bytes.length * 8 - (Math.clz32(first) - 24);
}
