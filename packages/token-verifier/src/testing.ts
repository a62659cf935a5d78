/** The signature layer by itself, for published vectors whose payloads are no claims. @module */
export { parseJws } from "./testing/parse-jws.js";
export { signatureKeysOf } from "./testing/signature-keys-of.js";
export { verifySignature } from "./token/verify-signature.js";

export type { SignatureProfile } from "./testing/signature-keys-of.js";
export type { Jws } from "./token/parse-token.js";
export type { TokenHeader } from "./token/token-header.js";
export type { SignatureKeys } from "./token/verify-signature.js";
