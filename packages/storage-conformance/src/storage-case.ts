import type { Storage } from "@byot/storage";

/** How the suite gets the storage to test. */
export interface StorageHarness {
  /** Opens a fresh and empty storage, which the suite closes. */
  readonly open: () => Promise<Storage>;
  /**
   * Opens again, after it was closed, what `closed` was opened on. Leave it out when nothing outlives `close`: the
   * cases that need it are then reported as skipped.
   */
  readonly reopen?: (closed: Storage) => Promise<Storage>;
}

/** What a case works with. */
export interface CaseContext {
  /** A fresh and empty storage; closed for the case. */
  readonly storage: Storage;
  /** Closes the storage and opens it again. */
  readonly reopen: () => Promise<Storage>;
}

/** One promise of the port, and how it is checked. */
export interface StorageCase {
  /** The port it belongs to, such as `PolicyStore`. */
  readonly suite: string;
  /** The promise, as a sentence; unique within the suite. */
  readonly title: string;
  /** What the harness has to offer for this case. */
  readonly needs?: "reopen";
  /** Rejects when the promise is broken. */
  readonly run: (context: CaseContext) => Promise<void>;
}

/** The promises of one port by title. */
export type CaseTable = Readonly<Record<string, StorageCase["run"]>>;

/** Names the port that a table of promises belongs to. */
export function casesOf(suite: string, table: CaseTable): readonly StorageCase[] {
  return Object.entries(table).map(([title, run]) => ({ suite, title, run }));
}
