/** A place in a chain. */
export interface ChainHead {
  /** Whose chain it is. */
  readonly writerId: string;
  /** Which of its segments, counted from 1. */
  readonly sequence: number;
  /** The hash of that segment, SHA-256 in lower-case hexadecimal. */
  readonly hash: string;
}

/** What is wrong with a chain. */
export interface ChainProblem {
  /**
   * What it is:
   *
   * - `segment_missing`: the sequence has a hole, or does not start where it was dropped to;
   * - `segment_changed`: a segment's hash is not that of its members, does not follow from the one before, or is not
   *   the one that the chain's head, another chain or an expected head gives for it;
   * - `record_missing`, `record_added`, `record_changed`, `record_moved`: its records are not those that were sealed;
   *   which of the four is the likeliest explanation, since one hash stands for the whole segment;
   * - `personal_missing`: personal fields are gone without an erasure that says so;
   * - `personal_changed`: personal fields are not those that were sealed, or are there though they were erased;
   * - `tail_missing`: the chain ends before its last known head;
   * - `chain_missing`: a chain that another one has bound, or that was expected, is gone.
   */
  readonly kind:
    | "segment_missing"
    | "segment_changed"
    | "record_missing"
    | "record_added"
    | "record_changed"
    | "record_moved"
    | "personal_missing"
    | "personal_changed"
    | "tail_missing"
    | "chain_missing";
  /** In whose chain; empty for records that no segment holds. */
  readonly writerId: string;
  /** In or at which segment; 0 for records that no segment holds. */
  readonly sequence: number;
  /** Which record, where one can be named. */
  readonly decisionId?: string;
}

/** Whether a workspace's chains are whole. */
export interface ChainReport {
  /** Whether there are no problems. */
  readonly intact: boolean;
  /** How many chains were read. */
  readonly chains: number;
  /** How many segments. */
  readonly segments: number;
  /** How many decisions. */
  readonly decisions: number;
  /** How many of them were erased, each with a chained record that says so. */
  readonly erased: number;
  /** How many problems there are. */
  readonly problemCount: number;
  /** The first 100 of them. */
  readonly problems: readonly ChainProblem[];
  /** The heads of the chains as read, ordered by writer. */
  readonly heads: readonly ChainHead[];
}
