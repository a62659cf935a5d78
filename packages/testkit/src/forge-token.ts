import { constants, createHmac, sign, type KeyObject } from "node:crypto";

/** Signature algorithms with a key pair (RFC 7518, section 3.1; `EdDSA` of RFC 8037). */
export type KeyPairAlgorithm =
  "RS256" | "RS384" | "RS512" | "PS256" | "PS384" | "PS512" | "ES256" | "ES384" | "ES512" | "EdDSA";

/** A part of a token: an object to be written as JSON, or the exact text to encode. */
export type TokenPart = Readonly<Record<string, unknown>> | string;

/** The two parts of a token that are signed; nothing is added and nothing is checked. */
export interface TokenParts {
  /** The JOSE header, `alg` and all. It does not choose how the token is really signed. */
  readonly header: TokenPart;
  /** The claims set. */
  readonly payload: TokenPart;
}

/** How a forged token is really signed, whatever its header says. */
export type TokenSignature =
  | {
      /** The private key to sign with. */
      readonly key: KeyObject;
      /** What to sign with it. @defaultValue `"RS256"` */
      readonly algorithm?: KeyPairAlgorithm;
    }
  | {
      /** The secret of an HMAC with SHA-256, for example somebody's public key as text. */
      readonly hmacSecret: string | Uint8Array;
    }
  | {
      /** The signature is empty, as `alg: none` has it (RFC 7518, section 3.6). */
      readonly unsigned: true;
    }
  | {
      /** The third part of the token as it shall stand there, not encoded any further. */
      readonly signature: string;
    };

interface SigningMethod {
  readonly digest: string | null;
  readonly options: Readonly<Record<string, unknown>>;
}

const pss = {
  padding: constants.RSA_PKCS1_PSS_PADDING,
  saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
};
const ecdsa = { dsaEncoding: "ieee-p1363" } as const;

const signingMethods: Readonly<Record<KeyPairAlgorithm, SigningMethod>> = {
  RS256: { digest: "sha256", options: {} },
  RS384: { digest: "sha384", options: {} },
  RS512: { digest: "sha512", options: {} },
  PS256: { digest: "sha256", options: pss },
  PS384: { digest: "sha384", options: pss },
  PS512: { digest: "sha512", options: pss },
  ES256: { digest: "sha256", options: ecdsa },
  ES384: { digest: "sha384", options: ecdsa },
  ES512: { digest: "sha512", options: ecdsa },
  EdDSA: { digest: null, options: {} },
};

/** Makes a JWS in compact form (RFC 7515, section 7.1), well formed or not: no part is checked. */
export function forgeToken(token: TokenParts & TokenSignature): string {
  const signed = `${encodePart(token.header)}.${encodePart(token.payload)}`;
  return `${signed}.${signatureOf(signed, token)}`;
}

function encodePart(part: TokenPart): string {
  const text = typeof part === "string" ? part : JSON.stringify(part);
  return Buffer.from(text).toString("base64url");
}

function signatureOf(signed: string, how: TokenSignature): string {
  if ("unsigned" in how) {
    return "";
  }
  if ("signature" in how) {
    return how.signature;
  }
  if ("hmacSecret" in how) {
    return createHmac("sha256", how.hmacSecret).update(signed).digest("base64url");
  }
  const { digest, options } = signingMethods[how.algorithm ?? "RS256"];
  return sign(digest, Buffer.from(signed), { key: how.key, ...options }).toString("base64url");
}
