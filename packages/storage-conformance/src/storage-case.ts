import type { Storage } from "@byot/storage";
import type { StorageCapability } from "./storage-harness.js";

/** What a case works with. Every storage in it is closed for the case. */
export interface CaseContext {
  /** A fresh and empty storage. */
  readonly storage: Storage;
  /** Closes the storage and opens it again. */
  readonly reopen: () => Promise<Storage>;
  /** Opens another storage on what the first one was opened on, which stays open. */
  readonly openSecond: () => Promise<Storage>;
  /** How many records a large log has. */
  readonly largeLog: number;
}

/** One promise of the port, and how it is checked. */
export interface StorageCase {
  /** The port it belongs to, such as `PolicyStore`. */
  readonly suite: string;
  /** The promise, as a sentence; unique within the suite. */
  readonly title: string;
  /** What the harness has to offer for this case; empty for most. */
  readonly needs: readonly StorageCapability[];
  /** Rejects when the promise is broken. */
  readonly run: (context: CaseContext) => Promise<void>;
}

/** The promises of one port by title. */
export type CaseTable = Readonly<Record<string, StorageCase["run"]>>;

/**
 * Names the port that a table of promises belongs to.
 *
 * @param needs - What all of them need of the harness; nothing unless said otherwise.
 */
export function casesOf(
  suite: string,
  table: CaseTable,
  needs: readonly StorageCapability[] = [],
): readonly StorageCase[] {
  return Object.entries(table).map(([title, run]) => ({ suite, title, needs, run }));
}
