import { Buffer } from "node:buffer";
import {
  constants,
  KeyObject,
  type SigningOptions,
  verify,
  type VerifyKeyObjectInput,
} from "node:crypto";
import type { CryptoKey } from "jose";
import { readOwn } from "../json-object.js";
import type { SignatureAlgorithm } from "../signature-algorithm.js";
import type { SignatureEngine } from "./signature-engine.js";

/**
 * Proves signatures by `node:crypto`, without leaving the thread: several times as fast as WebCrypto, which
 * takes each signature through the thread pool.
 */
export function nodeSignatures(): SignatureEngine {
  return engine;
}

const engine: SignatureEngine = Object.freeze<SignatureEngine>({
  decode: (part) => Buffer.from(part, "base64url"),
  verify: ({ compact, alg, cryptoKey }) => {
    const scheme = schemes[alg];
    const lastDot = compact.lastIndexOf(".");
    const signed = Buffer.from(compact.slice(0, lastDot), "latin1");
    const signature = Buffer.from(compact.slice(lastDot + 1), "base64url");
    return verify(scheme.digest, signed, fitKey(cryptoKey, scheme), signature);
  },
});

type FittedKey = KeyObject | VerifyKeyObjectInput;

/** Keys that were fitted before, each with the one scheme that it is for. */
const fittedKeys = new WeakMap<CryptoKey, { readonly scheme: Scheme; readonly key: FittedKey }>();

/** Makes of a key what `node:crypto` takes, if it may be used in this way. */
function fitKey(cryptoKey: CryptoKey, scheme: Scheme): FittedKey {
  const known = fittedKeys.get(cryptoKey);
  if (known?.scheme === scheme) {
    return known.key;
  }
  if (!isMadeFor(cryptoKey, scheme)) {
    throw new TypeError("the key is not for the algorithm");
  }
  const plain = KeyObject.from(cryptoKey);
  const key = scheme.options === undefined ? plain : { ...scheme.options, key: plain };
  fittedKeys.set(cryptoKey, { scheme, key });
  return key;
}

/** How `node:crypto` spells an algorithm, and how WebCrypto spells the key for it. */
interface Scheme {
  readonly digest: string | null;
  readonly options?: SigningOptions;
  readonly keyName: string;
  readonly keyDetail?: { readonly hash: string } | { readonly namedCurve: string };
}

const schemes: Readonly<Record<SignatureAlgorithm, Scheme>> = {
  RS256: rsa(256),
  RS384: rsa(384),
  RS512: rsa(512),
  PS256: pss(256),
  PS384: pss(384),
  PS512: pss(512),
  ES256: ecdsa("P-256", 256),
  ES384: ecdsa("P-384", 384),
  ES512: ecdsa("P-521", 512),
  Ed25519: { digest: null, keyName: "Ed25519" },
  EdDSA: { digest: null, keyName: "Ed25519" },
};

/** RFC 7518 §3.3; the padding is the one that `node:crypto` uses when nothing is said. */
function rsa(bits: number): Scheme {
  return { digest: `sha${bits}`, keyName: "RSASSA-PKCS1-v1_5", keyDetail: { hash: `SHA-${bits}` } };
}

/** RFC 7518 §3.5: the salt is as long as the digest. */
function pss(bits: number): Scheme {
  const options = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: bits / 8 };
  return { digest: `sha${bits}`, options, keyName: "RSA-PSS", keyDetail: { hash: `SHA-${bits}` } };
}

/** RFC 7518 §3.4: the two numbers of the signature stand side by side, each as long as the curve. */
function ecdsa(namedCurve: string, bits: number): Scheme {
  const options = { dsaEncoding: "ieee-p1363" } as const;
  return { digest: `sha${bits}`, options, keyName: "ECDSA", keyDetail: { namedCurve } };
}

function isMadeFor({ usages, algorithm }: CryptoKey, scheme: Scheme): boolean {
  const { keyName, keyDetail = {} } = scheme;
  return (
    usages.includes("verify") &&
    algorithm.name === keyName &&
    (!("hash" in keyDetail) || readOwn(readOwn(algorithm, "hash"), "name") === keyDetail.hash) &&
    (!("namedCurve" in keyDetail) || readOwn(algorithm, "namedCurve") === keyDetail.namedCurve)
  );
}
