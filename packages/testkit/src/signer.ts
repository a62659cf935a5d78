import { createHash, generateKeyPairSync, type KeyObject } from "node:crypto";
import { forgeToken, type TokenPart } from "./forge-token.js";

// Type aliases, so that they fit wherever an object with an index signature is asked for.

/** The public half of an RSA key as a JSON Web Key (RFC 7518, section 6.3.1). */
export type PublicRsaJwk = {
  /** Key type. */
  readonly kty: "RSA";
  /** Key id. */
  readonly kid: string;
  /** The key is for signatures. */
  readonly use: "sig";
  /** The algorithm of the key. */
  readonly alg: "RS256";
  /** Modulus, base64url. */
  readonly n: string;
  /** Public exponent, base64url. */
  readonly e: string;
};

/** How a key pair is made. */
export interface SignerOptions {
  /** Key id, for example the one another signer has. @defaultValue the RFC 7638 thumbprint */
  readonly kid?: string;
  /** Size of the modulus in bits, for example too few. @defaultValue `2048` */
  readonly modulusLength?: number;
}

/** An RSA key pair in every form a test needs, and tokens signed with it. */
export interface Signer {
  /** Key id. */
  readonly kid: string;
  /** The half that signs, for `forgeToken`. */
  readonly privateKey: KeyObject;
  /** The half that verifies, as a JSON Web Key. */
  readonly publicJwk: PublicRsaJwk;
  /** The half that verifies, as SPKI text. */
  readonly publicPem: string;
  /** The key set a provider with this key alone would publish. */
  readonly jwks: { readonly keys: readonly PublicRsaJwk[] };
  /**
   * Signs with RS256. An object as header goes over `alg: RS256`, `typ: JWT` and the `kid`, and an
   * `undefined` in it takes one of them away; the claims stay as they are.
   */
  sign(header: Readonly<Record<string, unknown>>, payload: TokenPart): string;
}

/** Makes a fresh RSA key pair. Takes a tenth of a second, so share one within a file. */
export function createSigner(options: SignerOptions = {}): Signer {
  const { modulusLength = 2048 } = options;
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength });
  const { n = "", e = "" } = publicKey.export({ format: "jwk" });
  const kid = options.kid ?? thumbprintOf({ n, e });
  const publicJwk: PublicRsaJwk = { kty: "RSA", kid, use: "sig", alg: "RS256", n, e };
  return {
    kid,
    privateKey,
    publicJwk,
    publicPem: publicKey.export({ format: "pem", type: "spki" }).toString(),
    jwks: { keys: [publicJwk] },
    sign: (header, payload) =>
      forgeToken({
        header: { alg: "RS256", typ: "JWT", kid, ...header },
        payload,
        key: privateKey,
      }),
  };
}

/** RFC 7638, section 3: the members in this order and without white space. */
function thumbprintOf({ n, e }: { readonly n: string; readonly e: string }): string {
  return createHash("sha256")
    .update(JSON.stringify({ e, kty: "RSA", n }))
    .digest("base64url");
}
