import type { PersonalFields } from "../decision-record.js";
import type { ChainSegment, ErasureRecord, ImpersonalDecision } from "./chain-segment.js";

/** What an adapter keeps about a chain as a whole, also when all of it was dropped. */
export interface StoredChain {
  /** Whose chain it is. */
  readonly writerId: string;
  /** Its last segment. */
  readonly headSequence: number;
  /** The hash of its last segment. */
  readonly headHash: string;
  /** The last segment that was dropped for its age; 0 when none was. */
  readonly droppedSequence: number;
  /** The hash of that segment; `null` when none was dropped. */
  readonly droppedHash: string | null;
}

/** A decision as it is found in the log. */
export interface StoredDecision {
  /** The part that is hashed as it stands. */
  readonly decision: ImpersonalDecision;
  /** Its place within the segment. */
  readonly position: number;
  /** What the chain knows of its personal fields. */
  readonly personalHash: string;
  /** Its personal fields with their salt; absent when they are gone. */
  readonly personal?: { readonly salt: string; readonly fields: PersonalFields };
  /**
   * Whether an erasure record names it which {@link ChainReader.erasure} answers for a segment of content `erasure`
   * in one of the chains. Rows of an erasure that belong to no such segment excuse nothing.
   */
  readonly isErased: boolean;
}

/**
 * Reads the chains of one workspace, all of it from one snapshot of the database. What is stored but cannot be read
 * back rejects with a `StorageError` of code `CORRUPT`, and counts as tampered with.
 */
export interface ChainReader {
  /** All chains, ordered by writer. */
  chains(): Promise<readonly StoredChain[]>;
  /** The segments of a chain after `sequence`, in order, at most `limit` of them. */
  segments(writerId: string, sequence: number, limit: number): Promise<readonly ChainSegment[]>;
  /** The decisions of a segment, by position; at most one more than `largestAppend`, which is what a segment holds. */
  decisions(segment: ChainSegment): Promise<readonly StoredDecision[]>;
  /** The erasure record of a segment; `undefined` when it is gone. */
  erasure(segment: ChainSegment): Promise<ErasureRecord | undefined>;
  /** How many decisions the workspace has, in whichever segment. */
  countDecisions(): Promise<number>;
}
