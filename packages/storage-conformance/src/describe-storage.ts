import { describe, test } from "vitest";
import { runStorageCase } from "./run-storage-case.js";
import type { StorageCase, StorageHarness } from "./storage-case.js";
import { storageCases } from "./storage-cases.js";

/**
 * Registers a test for every promise of the storage port. Call it at the top of a vitest file, once for each way in
 * which an adapter can be opened.
 *
 * @param name - Names the adapter in the report.
 * @param harness - Opens it.
 */
export function describeStorage(name: string, harness: StorageHarness): void {
  describe(name, () => {
    for (const suite of new Set(storageCases.map((storageCase) => storageCase.suite))) {
      describe(suite, () => {
        storageCases
          .filter((storageCase) => storageCase.suite === suite)
          .forEach((storageCase) => registerCase(storageCase, harness));
      });
    }
  });
}

function registerCase(storageCase: StorageCase, harness: StorageHarness): void {
  const lacking = storageCase.needs === "reopen" && harness.reopen === undefined;
  const title = lacking
    ? `${storageCase.title} (skipped: this adapter declares no \`reopen\`)`
    : storageCase.title;
  test.skipIf(lacking)(title, () => runStorageCase(storageCase, harness));
}
