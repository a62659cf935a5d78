import type { DecisionRecord, LogPlace, SubjectErasure, TokenRefusalRecord } from "@byot/storage";
import type { CallHost } from "../workers/call-types.js";

/** One part of an erasure. */
export interface ErasurePart {
  /** Whose log. */
  readonly workspaceId: string;
  /** The erasure. */
  readonly erasure: SubjectErasure;
  /** Which of its subjects. */
  readonly subject: string;
  /** Where the part before ended; absent for the first. */
  readonly after?: ErasurePlace;
}

/** A place among the decisions about a subject. */
export interface ErasurePlace extends LogPlace {
  /** The last decision of the log when the erasure began; what came later may stay. */
  readonly lastSequence: number;
}

/** What one part of an erasure did. */
export interface ErasedPart {
  /** How many decisions lost their personal fields. */
  readonly decisions: number;
  /** Where to go on; absent when this was the last part. */
  readonly next?: ErasurePlace;
}

/** What is to be dropped. */
export interface Drop {
  /** Whose log. */
  readonly workspaceId: string;
  /** From when on it is kept. */
  readonly before: Date;
}

/** What one part of a drop did. */
export interface DroppedPart {
  /** How many segments went. */
  readonly segments: number;
  /** How many decisions went with them. */
  readonly decisions: number;
}

/**
 * The calls that write the decision log, each one transaction. What takes long is made of many, so that appends come in
 * between.
 */
export interface WriterCalls {
  /** Writes decisions, all or none. */
  readonly append: { readonly argument: readonly DecisionRecord[]; readonly answer: void };
  /** Writes refused tokens, all or none. */
  readonly appendRefusals: {
    readonly argument: readonly TokenRefusalRecord[];
    readonly answer: void;
  };
  /** Erases what is personal in at most 512 decisions. */
  readonly eraseDecisions: { readonly argument: ErasurePart; readonly answer: ErasedPart };
  /** Erases the subject of some refused tokens; answers how many, 0 when there are no more. */
  readonly eraseRefusals: {
    readonly argument: Omit<ErasurePart, "after">;
    readonly answer: number;
  };
  /** Takes what was erased out of the write-ahead log too, as far as nobody is reading it. */
  readonly checkpointErasure: { readonly argument: undefined; readonly answer: void };
  /** Drops some old segments; answers zeros when there are no more. */
  readonly dropDecisions: { readonly argument: Drop; readonly answer: DroppedPart };
  /** Drops some old refused tokens; answers how many, 0 when there are no more. */
  readonly dropRefusals: { readonly argument: Drop; readonly answer: number };
  /** Whether something was written just now. */
  readonly canWrite: { readonly argument: undefined; readonly answer: boolean };
}

/** Has the log written, here or in a thread. */
export type WriterHost = CallHost<WriterCalls>;
