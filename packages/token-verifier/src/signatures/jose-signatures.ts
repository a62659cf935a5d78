import { base64url, compactVerify, errors } from "jose";
import type { SignatureEngine } from "./signature-engine.js";

/** Proves signatures by WebCrypto through jose, on every runtime. */
export function joseSignatures(): SignatureEngine {
  return engine;
}

const engine: SignatureEngine = Object.freeze<SignatureEngine>({
  decode: (part) => base64url.decode(part),
  verify: async ({ compact, alg, cryptoKey }) => {
    try {
      await compactVerify(compact, cryptoKey, { algorithms: [alg] });
      return true;
    } catch (error) {
      if (error instanceof errors.JWSSignatureVerificationFailed) {
        return false;
      }
      throw error;
    }
  },
});
