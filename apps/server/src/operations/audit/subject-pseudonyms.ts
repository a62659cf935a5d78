import { createHmac } from "node:crypto";
import type { SecretStore } from "@byot/storage";

/** The name under which a subject stands in the logs of a workspace that keeps no plain ones. */
export type Pseudonym = (workspaceId: string, subject: string) => string;

const secretName = "subject-pseudonyms";
const keyBytes = 32;

/**
 * Opens the pseudonyms of this storage: HMAC-SHA-256 of workspace and subject in lower-case hexadecimal, with a key
 * that every server of the storage shares. Nobody without the key can tell whom one stands for, nor that two of
 * different workspaces stand for the same person.
 */
export async function openPseudonyms(
  secrets: SecretStore,
  randomBytes: (length: number) => Uint8Array,
): Promise<Pseudonym> {
  const proposed = Buffer.from(randomBytes(keyBytes)).toString("base64url");
  const key = Buffer.from(await secrets.findOrCreate(secretName, proposed), "base64url");
  // No workspace's id holds a line break, so no two pairs make the same text.
  return (workspaceId, subject) =>
    createHmac("sha256", key).update(`${workspaceId}\n${subject}`).digest("hex");
}
