import type { Storage } from "@byot/storage";

/**
 * What an adapter may lack:
 *
 * - `reopen`: something outlives `close`;
 * - `openSecond`: two storages can be open on one database;
 * - `sharedRevisions`: the listeners of one of them are told of the other one's changes.
 */
export type StorageCapability = "reopen" | "openSecond" | "sharedRevisions";

/** How the suite gets the storage to test, and how much of it is tested. */
export interface StorageHarness {
  /** Opens a fresh and empty storage, which the suite closes. */
  readonly open: () => Promise<Storage>;
  /** Opens again, after it was closed, what `closed` was opened on. */
  readonly reopen?: (closed: Storage) => Promise<Storage>;
  /** Opens another storage on what `first` was opened on, which is still open. The suite closes it. */
  readonly openSecond?: (first: Storage) => Promise<Storage>;
  /**
   * Why the adapter lacks a capability. The cases that need it are reported as skipped, with this reason in their
   * titles. An absent `reopen` or `openSecond` counts as lacking with no better reason than its absence.
   */
  readonly lacks?: Readonly<Partial<Record<StorageCapability, string>>>;
  /** How many records a large log has. @defaultValue 3,000 */
  readonly largeLog?: number;
  /** How long a case may take, in milliseconds. @defaultValue that of vitest */
  readonly timeoutMillis?: number;
}
