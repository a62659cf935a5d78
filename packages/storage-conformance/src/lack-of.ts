import type { StorageCase } from "./storage-case.js";
import type { StorageCapability, StorageHarness } from "./storage-harness.js";

/**
 * Why a case cannot be run on an adapter; `undefined` when it can.
 *
 * @throws TypeError when the harness offers what it says it lacks.
 */
export function lackOf({ needs }: StorageCase, harness: StorageHarness): string | undefined {
  return needs
    .map((capability) => reasonOf(capability, harness))
    .find((reason) => reason !== undefined);
}

function reasonOf(capability: StorageCapability, harness: StorageHarness): string | undefined {
  const reason = harness.lacks?.[capability];
  if (capability === "sharedRevisions") {
    return reason;
  }
  if (harness[capability] === undefined) {
    return reason ?? `this adapter declares no \`${capability}\``;
  }
  if (reason !== undefined) {
    throw new TypeError(`a harness offers \`${capability}\` and says that it lacks it`);
  }
  return undefined;
}
