import { describe, test } from "vitest";
import { lackOf } from "./lack-of.js";
import { runStorageCase } from "./run-storage-case.js";
import type { StorageCase } from "./storage-case.js";
import { storageCases } from "./storage-cases.js";
import type { StorageHarness } from "./storage-harness.js";

/**
 * Registers a test for every promise of the storage port. Call it at the top of a vitest file, once for each way in
 * which an adapter can be opened.
 *
 * @param name - Names the adapter in the report.
 * @param harness - Opens it, and says what it lacks.
 * @throws TypeError when the harness offers what it says it lacks.
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
  const lack = lackOf(storageCase, harness);
  const title = lack === undefined ? storageCase.title : `${storageCase.title} (skipped: ${lack})`;
  const options = harness.timeoutMillis === undefined ? {} : { timeout: harness.timeoutMillis };
  test.skipIf(lack !== undefined)(title, options, () => runStorageCase(storageCase, harness));
}
