import { createInlineKeySource } from "../keys/inline-key-source.js";
import { defaultLimits } from "../limits.js";
import { defaultAlgorithms } from "../signature-algorithm.js";
import { joseSignatures } from "../signatures/jose-signatures.js";
import type { SignatureKeys } from "../token/verify-signature.js";
import type { JWKSet } from "../trusted-issuer.js";

/** What a profile may say differently than a provider that says nothing. */
export type SignatureProfile = Partial<Pick<SignatureKeys, "algorithms" | "requireKid" | "engine">>;

/**
 * The keys of a set as a provider would use them that has it in its configuration.
 *
 * Without a profile: `RS256` alone, a `kid` only where there are several keys, jose.
 */
export function signatureKeysOf(set: JWKSet, profile: SignatureProfile = {}): SignatureKeys {
  const { algorithms = defaultAlgorithms, requireKid = false, engine = joseSignatures() } = profile;
  const rules = { algorithms, maximumKeys: defaultLimits.keysPerSet };
  return { source: createInlineKeySource(set, rules), algorithms, requireKid, engine };
}
