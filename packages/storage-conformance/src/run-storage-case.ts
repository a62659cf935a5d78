import type { Storage } from "@byot/storage";
import { lackOf } from "./lack-of.js";
import type { StorageCase } from "./storage-case.js";
import type { StorageHarness } from "./storage-harness.js";

const usualLargeLog = 3000;

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
  const { open, reopen, openSecond, largeLog = usualLargeLog } = harness;
  const lack = lackOf(storageCase, harness);
  if (lack !== undefined) {
    throw new TypeError(`\`${storageCase.title}\` cannot be run: ${lack}`);
  }
  let storage = await open();
  const others: Storage[] = [];
  try {
    await storageCase.run({
      storage,
      async reopen() {
        await storage.close();
        storage = await offered(reopen)(storage);
        return storage;
      },
      async openSecond() {
        const second = await offered(openSecond)(storage);
        others.push(second);
        return second;
      },
      largeLog,
    });
  } finally {
    for (const opened of [...others, storage]) {
      await opened.close();
    }
  }
}

function offered<Offer>(offer: Offer | undefined): Offer {
  if (offer === undefined) {
    throw new TypeError("a case uses what it does not say that it needs");
  }
  return offer;
}
