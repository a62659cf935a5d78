import { randomBytes } from "node:crypto";
import { apiKeyId, createApiKey } from "../access/api-key.js";
import { readTextFile, writePrivateFile } from "../process/private-file.js";

/**
 * The demo's root key: the chosen one, else the one in the file, else a new one. It is always in the file afterwards,
 * because the demo shows where its key is and takes it up again at the next start.
 */
export async function demoRootKey(file: string, chosen: string | undefined): Promise<string> {
  const kept = (await readTextFile(file))?.trim() ?? "";
  const key = chosen ?? (apiKeyId(kept) === undefined ? createApiKey(randomBytes).key : kept);
  if (key !== kept) {
    await writePrivateFile(file, `${key}\n`);
  }
  return key;
}
