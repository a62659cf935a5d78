import { calculateJwkThumbprint, importJWK } from "jose";
import { canonicalAlgorithm, type SignatureAlgorithm } from "../signature-algorithm.js";
import type { VerificationKey } from "./key-source.js";
import type { UsableKey } from "./usable-key.js";

/** A key of a set, ready to verify with each of its algorithms. */
export interface ImportedKey {
  /** Its id within the set. */
  readonly kid?: string;
  /** SHA-256 thumbprint, base64url (RFC 7638). */
  readonly thumbprint: string;
  /** The key for each algorithm, under the canonical name of that. */
  readonly byAlgorithm: ReadonlyMap<SignatureAlgorithm, VerificationKey>;
}

/** Imports a key once for all its uses; `undefined` when well-formed members make no key. */
export async function importKey({
  kid,
  jwk,
  algorithms,
}: UsableKey): Promise<ImportedKey | undefined> {
  const id = kid === undefined ? {} : { kid };
  try {
    const thumbprint = await calculateJwkThumbprint({ ...jwk }, "sha256");
    const imported = await Promise.all(
      algorithms.map(async (algorithm) => {
        const cryptoKey = await importJWK({ ...jwk }, algorithm);
        return [algorithm, cryptoKey] as const;
      }),
    );
    const byAlgorithm = new Map<SignatureAlgorithm, VerificationKey>();
    for (const [algorithm, cryptoKey] of imported) {
      // Only a secret key would come as bytes, and its kind is not among those that are read.
      if (!(cryptoKey instanceof Uint8Array)) {
        byAlgorithm.set(
          canonicalAlgorithm(algorithm),
          Object.freeze({ ...id, thumbprint, cryptoKey }),
        );
      }
    }
    return { ...id, thumbprint, byAlgorithm };
  } catch {
    // Well-formed members that make no key, such as a point beside its curve.
    return undefined;
  }
}
