import { StorageError } from "../storage-error.js";

/** Reads from a chain. Resolves to `undefined` when what is stored there cannot be read back. */
export async function readable<Answer>(reading: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof StorageError && error.code === "CORRUPT") {
      return undefined;
    }
    throw error;
  }
}
