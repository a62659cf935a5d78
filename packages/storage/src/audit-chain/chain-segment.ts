import type { ChangeActor } from "../change-log.js";
import type { DecisionRecord, PersonalFields } from "../decision-record.js";
import type { ChainHead } from "./chain.js";

/** Hashes UTF-8 text with SHA-256, in lower-case hexadecimal. */
export type TextHash = (text: string) => string;

/** A decision without what is personal: what the chain keeps for good. */
export type ImpersonalDecision = Omit<DecisionRecord, "personal">;

/** A decision as it is sealed into a segment. */
export interface SealedDecision {
  /** The part that is hashed as it stands. */
  readonly decision: ImpersonalDecision;
  /** Its place within the segment, from 0. */
  readonly position: number;
  /** SHA-256 of salt and personal fields: all that the chain knows of them. */
  readonly personalHash: string;
  /** 32 random bytes in lower-case hexadecimal, kept beside the personal fields and erased with them. */
  readonly salt: string;
  /** What is personal. */
  readonly personal: PersonalFields;
}

/** The chained record of an erasure, or of one part of a large one. */
export interface ErasureRecord {
  /** The erasure it belongs to. */
  readonly erasureId: string;
  /** When it was made, to the millisecond. */
  readonly at: Date;
  /** Who asked for it. */
  readonly by: ChangeActor;
  /** Which decisions lost their personal fields, in ascending order; at most 512. */
  readonly decisionIds: readonly string[];
}

/** One link of a chain. `sequence` and `hash` are its own. */
export interface ChainSegment extends ChainHead {
  /** The workspace it belongs to. */
  readonly workspaceId: string;
  /** The hash of the writer's segment before; `null` for its first. */
  readonly previousHash: string | null;
  /**
   * Only in a writer's first segment: the heads of the workspace's other chains that no segment had bound yet, so that
   * none can vanish without a trace.
   */
  readonly boundHeads: readonly ChainHead[];
  /** What is in it. */
  readonly content: "decisions" | "erasure";
  /** How many decisions it holds or erases. */
  readonly count: number;
  /** The id of its first decision; the least erased one for an erasure. */
  readonly firstId: string;
  /** The id of its last decision; the greatest erased one for an erasure. */
  readonly lastId: string;
  /** The least of its times. */
  readonly firstAt: Date;
  /** The greatest of its times; when all of it is older than the retention, it may be dropped. */
  readonly lastAt: Date;
}
