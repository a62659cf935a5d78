/** The test suite that every storage adapter of byot has to pass. @module */
export { describeStorage } from "./describe-storage.js";
export { runStorageCase } from "./run-storage-case.js";
export { storageCases } from "./storage-cases.js";
export type { CaseContext, StorageCase } from "./storage-case.js";
export type { StorageCapability, StorageHarness } from "./storage-harness.js";
