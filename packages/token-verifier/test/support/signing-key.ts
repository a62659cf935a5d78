import {
  constants,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
  type SignKeyObjectInput,
} from "node:crypto";
import type { SignatureAlgorithm } from "@byot/token-verifier";

/** A key pair that signs tokens in tests, with the public half as a key set publishes it. */
export interface SigningKey {
  readonly kid: string;
  readonly alg: SignatureAlgorithm;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly jwk: PublishedKey;
}

/** A public key with the members that providers add to it. */
interface PublishedKey extends JsonWebKey {
  readonly kid: string;
  readonly alg: string;
  readonly use: string;
  readonly [member: string]: unknown;
}

export function createRsaKey(
  kid: string,
  options: { readonly bits?: number; readonly alg?: SignatureAlgorithm } = {},
): SigningKey {
  const pair = generateKeyPairSync("rsa", { modulusLength: options.bits ?? 2048 });
  return describeKey(kid, options.alg ?? "RS256", pair);
}

export function createEcKey(kid: string, namedCurve: string, alg: SignatureAlgorithm): SigningKey {
  return describeKey(kid, alg, generateKeyPairSync("ec", { namedCurve }));
}

export function createEd25519Key(kid: string): SigningKey {
  return describeKey(kid, "Ed25519", generateKeyPairSync("ed25519"));
}

function describeKey(
  kid: string,
  alg: SignatureAlgorithm,
  { privateKey, publicKey }: { readonly privateKey: KeyObject; readonly publicKey: KeyObject },
): SigningKey {
  const jwk = { ...publicKey.export({ format: "jwk" }), kid, alg, use: "sig" };
  return { kid, alg, privateKey, publicKey, jwk };
}

/** A token whose header and payload are any text at all. */
export function signText(header: string, payload: string, key: SigningKey): string {
  const input = `${base64url(header)}.${base64url(payload)}`;
  return `${input}.${createSignature(input, key).toString("base64url")}`;
}

/** A token with the header and claims given; the header names algorithm and key unless it says otherwise. */
export function signToken(
  claims: object,
  key: SigningKey,
  header: Readonly<Record<string, unknown>> = {},
): string {
  const fullHeader = { alg: key.alg, typ: "JWT", kid: key.kid, ...header };
  return signText(JSON.stringify(fullHeader), JSON.stringify(claims), key);
}

export function base64url(text: string): string {
  return Buffer.from(text).toString("base64url");
}

function createSignature(input: string, { alg, privateKey }: SigningKey): Buffer {
  const key: SignKeyObjectInput = { key: privateKey, dsaEncoding: "ieee-p1363" };
  const digest = /\d{3}$/.exec(alg)?.[0];
  const padding = alg.startsWith("PS")
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : {};
  return sign(
    alg.startsWith("Ed") ? null : `sha${digest}`,
    Buffer.from(input),
    alg.startsWith("Ed") ? privateKey : { ...key, ...padding },
  );
}
