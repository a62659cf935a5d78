import type { ChainFindings } from "./chain-findings.js";
import type { ChainReader } from "./chain-reader.js";
import type { TextHash } from "./chain-segment.js";

/** How much was read. */
export interface ChainTotals {
  /** Segments. */
  segments: number;
  /** Decisions. */
  decisions: number;
  /** Decisions whose personal fields were erased with a record that says so. */
  erased: number;
}

/** What the reading of every chain shares. */
export interface ChainWalk {
  /** Reads the workspace's chains. */
  readonly reader: ChainReader;
  /** SHA-256. */
  readonly hash: TextHash;
  /** Waited for between two stretches of work. */
  readonly pause: () => Promise<void>;
  /** Where problems go. */
  readonly findings: ChainFindings;
  /** Where everything that was read is counted. */
  readonly totals: ChainTotals;
}

/** The place a chain was read to. */
export interface ChainPlace {
  /** The last sequence, 0 before the first. */
  readonly sequence: number;
  /** What that segment says its hash is; `null` before the first. */
  readonly hash: string | null;
  /** What its hash is by its contents; `null` when that cannot be told. */
  readonly computedHash: string | null;
}

/** Whether a hash is the one of a place. If the two there differ, that is a problem which has been reported. */
export function isHashOf(place: ChainPlace, hash: string | null): boolean {
  return hash === place.hash || (hash !== null && hash === place.computedHash);
}
