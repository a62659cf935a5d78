import { randomBytes } from "node:crypto";
import { apiKeyId, createApiKey } from "../access/api-key.js";
import { readTextFile, writePrivateFile } from "../process/private-file.js";

/** The demo's root key: the one in the file, or a new one that is written there, because the demo shows where it is. */
export async function demoRootKey(file: string): Promise<string> {
  const kept = (await readTextFile(file))?.trim() ?? "";
  if (apiKeyId(kept) !== undefined) {
    return kept;
  }
  const { key } = createApiKey(randomBytes);
  await writePrivateFile(file, `${key}\n`);
  return key;
}
