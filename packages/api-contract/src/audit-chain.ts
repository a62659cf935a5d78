import { z } from "zod";

/** A place in a chain of the decision log. */
export interface ChainHead {
  /** Whose chain it is: one of the processes that write the log. */
  readonly writerId: string;
  /** Which of its segments, counted from 1. */
  readonly sequence: number;
  /** The hash of that segment, SHA-256 in lower-case hexadecimal. */
  readonly hash: string;
}

/** Where the chains end now: to be kept where whoever can write the database cannot. */
export interface CheckpointAnswer {
  /** The last segment of each chain, ordered by writer. */
  readonly heads: readonly ChainHead[];
}

/** What the chains have to hold. */
export interface VerifyBody {
  /** The heads of an earlier checkpoint. Each must still be in its chain, or lie within what the retention dropped. */
  readonly expected: readonly ChainHead[];
}

/** What is wrong with a chain. */
export interface ChainProblem {
  /** What it is, such as `record_changed` or `tail_missing`; a newer server may know more of them. */
  readonly kind: string;
  /** In whose chain. */
  readonly writerId: string;
  /** In or at which segment. */
  readonly sequence: number;
  /** Which decision, where one can be named. */
  readonly decisionId?: string;
}

/** Whether the decision log is what was once written. */
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

/** Reads {@link ChainHead}. */
export const chainHeadSchema: z.ZodType<ChainHead> = z.strictObject({
  writerId: z.string().min(1).max(255),
  sequence: z.number().int().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/, "must be 64 digits of lower-case hexadecimal"),
});

const count = z.number().int().min(0);

/** Reads {@link CheckpointAnswer}. */
export const checkpointAnswerSchema: z.ZodType<CheckpointAnswer> = z.strictObject({
  heads: z.array(chainHeadSchema),
});

/** Reads {@link VerifyBody}. */
export const verifyBodySchema: z.ZodType<VerifyBody> = z.strictObject({
  expected: z.array(chainHeadSchema),
});

/** Reads {@link ChainProblem}. */
export const chainProblemSchema: z.ZodType<ChainProblem> = z.strictObject({
  kind: z.string(),
  writerId: z.string(),
  sequence: z.number().int(),
  decisionId: z.string().exactOptional(),
});

/** Reads {@link ChainReport}. */
export const chainReportSchema: z.ZodType<ChainReport> = z.strictObject({
  intact: z.boolean(),
  chains: count,
  segments: count,
  decisions: count,
  erased: count,
  problemCount: count,
  problems: z.array(chainProblemSchema),
  heads: z.array(chainHeadSchema),
});
