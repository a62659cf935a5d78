import type { CryptoKey } from "jose";
import type { PublicJWK } from "./json-web-key.js";

/** A key that signs tokens with RS256. Written out as JSON by accident it shows no private member. */
export interface SigningKey {
  /** Key id of the tokens it signs: its RFC 7638 SHA-256 thumbprint, base64url. */
  readonly kid: string;
  /** The half that a verifier may see. */
  readonly publicJwk: PublicJWK;
  /** The half that signs. Opaque; `exportSigningKey` is the way to store it. */
  readonly privateKey: CryptoKey;
}
