import type { CryptoKey } from "jose";
import type { SignatureAlgorithm } from "../signature-algorithm.js";

/** Everything that proving one signature takes. */
export interface SignatureProof {
  /**
   * The token in compact form, all three parts canonical base64url. What was signed is everything before
   * the last dot, the signature is everything after it (RFC 7515 §5.2).
   */
  readonly compact: string;
  /** The algorithm that the token names and the provider may use; no other one is tried. */
  readonly alg: SignatureAlgorithm;
  /** The public key, imported for exactly this algorithm. */
  readonly cryptoKey: CryptoKey;
}

/** Does the machine work on a token. Everything that is judged about a token is judged elsewhere. */
export interface SignatureEngine {
  /** Decodes one part of a token, of which it is known that it is canonical base64url. */
  decode(part: string): Uint8Array;
  /**
   * Tells whether the key made the signature.
   *
   * @throws anything, or rejects with it, when the key can not be used with the algorithm; the token is
   * refused.
   */
  verify(proof: SignatureProof): boolean | Promise<boolean>;
}
