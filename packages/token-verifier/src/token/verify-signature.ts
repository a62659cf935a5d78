import { compactVerify, errors } from "jose";
import type { VerificationKey } from "../keys/key-source.js";
import type { TokenProblem } from "../token-refusal.js";
import type { SignatureAlgorithm } from "../signature-algorithm.js";

/**
 * Proves that a key signed a token in compact form; `undefined` when it did.
 *
 * The key says which algorithm it was imported for, and the token's own `alg` must be exactly that one.
 */
export async function verifySignature(
  compact: string,
  key: VerificationKey,
  alg: SignatureAlgorithm,
): Promise<TokenProblem | undefined> {
  try {
    await compactVerify(compact, key.cryptoKey, { algorithms: [alg] });
    return undefined;
  } catch (error) {
    // A key that can not be used with the algorithm is a plain `TypeError` in places. Whatever went
    // wrong, the signature is not proven.
    const detail =
      error instanceof errors.JWSSignatureVerificationFailed
        ? "the signature does not match the key"
        : "the signature can not be checked with the key";
    return { code: "token_signature_invalid", detail };
  }
}
