import { exportJWK, generateKeyPair } from "jose";
import { importSigningKey } from "./import-signing-key.js";
import type { SigningKey } from "./signing-key.js";

const modulusLengthBits = 2048;

/** Makes a fresh RSA key of 2,048 bits for RS256. */
export async function generateSigningKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair("RS256", {
    modulusLength: modulusLengthBits,
    extractable: true,
  });
  // One way in for every key: a fresh one has to pass what a stored one has to pass.
  const imported = await importSigningKey(await exportJWK(privateKey));
  if (!imported.ok) {
    throw new Error(`a fresh signing key was refused: ${imported.error.message}`);
  }
  return imported.value;
}
