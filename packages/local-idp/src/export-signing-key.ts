import { exportJWK } from "jose";
import type { PrivateJWK } from "./json-web-key.js";
import { readRsaMembers } from "./rsa-members.js";
import type { SigningKey } from "./signing-key.js";

/**
 * The whole key as a JSON Web Key, ready for `JSON.stringify`. Keep it where only its owner can
 * read it (a file of mode 600); `importSigningKey` reads it back.
 *
 * @throws TypeError when `privateKey` is not the key of a {@link SigningKey} of this package.
 */
export async function exportSigningKey(key: SigningKey): Promise<PrivateJWK> {
  const members = readRsaMembers(await exportJWK(key.privateKey));
  if (!members.ok) {
    throw new TypeError(`the signing key cannot be exported: ${members.error.message}`);
  }
  const { d, p, q, dp, dq, qi } = members.value;
  return { ...key.publicJwk, d, p, q, dp, dq, qi };
}
