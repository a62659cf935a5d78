import type { StorageCase, StorageHarness } from "./storage-case.js";

/**
 * Runs one case on a storage of its own, and closes it whatever happens. Rejects when the promise is broken, so a case
 * can be run without a test runner's `test`.
 *
 * @throws TypeError when the case needs something that the harness does not offer.
 */
export async function runStorageCase(
  storageCase: StorageCase,
  harness: StorageHarness,
): Promise<void> {
  let storage = await harness.open();
  try {
    await storageCase.run({
      storage,
      async reopen() {
        if (harness.reopen === undefined) {
          throw new TypeError(`\`${storageCase.title}\` needs a harness with \`reopen\``);
        }
        await storage.close();
        storage = await harness.reopen(storage);
        return storage;
      },
    });
  } finally {
    await storage.close();
  }
}
