import {
  calculateJwkThumbprint,
  CompactSign,
  compactVerify,
  importJWK,
  type CryptoKey,
} from "jose";
import type { PublicJWK } from "./json-web-key.js";
import type { Result } from "./result.js";
import { readRsaMembers, type RsaMembers } from "./rsa-members.js";
import type { SigningKeyProblem } from "./signing-key-problem.js";
import type { SigningKey } from "./signing-key.js";

/**
 * Reads a signing key from a parsed JSON Web Key, such as `exportSigningKey` made: an RSA private
 * key of 2,048 to 4,096 bits. A `kid` in it is not read, the thumbprint of the key is its `kid`.
 * Never throws for a bad key, and no part of a key is in a problem.
 */
export async function importSigningKey(
  jwk: unknown,
): Promise<Result<SigningKey, SigningKeyProblem>> {
  const members = readRsaMembers(jwk);
  if (!members.ok) {
    return members;
  }
  const publicJwk = await publicHalf(members.value);
  const privateKey = await importPrivateHalf(members.value);
  if (privateKey === undefined || !(await belongTogether(privateKey, publicJwk))) {
    const message = "the members of the signing key do not belong to one key";
    return { ok: false, error: { code: "key_inconsistent", message } };
  }
  return { ok: true, value: { kid: publicJwk.kid, publicJwk, privateKey } };
}

async function publicHalf({ n, e }: RsaMembers): Promise<PublicJWK> {
  const kid = await calculateJwkThumbprint({ kty: "RSA", n, e }, "sha256");
  return { kty: "RSA", kid, use: "sig", alg: "RS256", n, e };
}

async function importPrivateHalf(members: RsaMembers): Promise<CryptoKey | undefined> {
  try {
    return await importJWK({ kty: "RSA", ...members }, "RS256", { extractable: true });
  } catch {
    // The cause is left out on purpose: nothing that has read the private half may reach a log.
    return undefined;
  }
}

async function belongTogether(privateKey: CryptoKey, publicJwk: PublicJWK): Promise<boolean> {
  try {
    const probe = new CompactSign(new TextEncoder().encode("probe"));
    const jws = await probe.setProtectedHeader({ alg: "RS256" }).sign(privateKey);
    await compactVerify(jws, await importJWK(publicJwk, "RS256"));
    return true;
  } catch {
    return false;
  }
}
