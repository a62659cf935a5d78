import type {
  ChainSegment,
  ErasureRecord,
  ImpersonalDecision,
  LogPlace,
  PersonalFields,
  StoredChain,
  TokenRefusalRecord,
} from "@byot/storage";
import { createTimeOrderedLog, type TimeOrderedLog } from "./time-ordered-log.js";

/** A decision with its place in the chain. */
export interface MemoryDecision {
  /** The segment it is in. */
  readonly sequence: number;
  /** Its place in that segment. */
  readonly position: number;
  /** The part that stays. */
  readonly decision: ImpersonalDecision;
  /** What the chain knows of the rest. */
  readonly personalHash: string;
  /** The rest with its salt; absent once it is erased. */
  readonly personal?: { readonly salt: string; readonly fields: PersonalFields };
}

/** The log of one workspace. No record in it is ever changed in place, so that what was read stays as it was. */
export interface MemoryWorkspaceLog {
  /** Its decisions. */
  readonly decisions: TimeOrderedLog<MemoryDecision>;
  /** Its refused tokens. */
  readonly refusals: TimeOrderedLog<TokenRefusalRecord>;
  /** The segments that were not dropped, in their order. */
  readonly segments: ChainSegment[];
  /** The records of erasures by the segment they are in. */
  readonly erasures: Map<number, ErasureRecord>;
  /** The decisions of each segment, in their order. */
  readonly decisionIds: Map<number, readonly string[]>;
  /** Its only chain; absent until there is a segment. */
  chain: StoredChain | undefined;
}

/** Makes an empty log. */
export function createMemoryWorkspaceLog(): MemoryWorkspaceLog {
  return {
    decisions: createTimeOrderedLog(placeOfDecision),
    refusals: createTimeOrderedLog(placeOfRefusal),
    segments: [],
    erasures: new Map(),
    decisionIds: new Map(),
    chain: undefined,
  };
}

/** Where a decision stands in its log. */
export function placeOfDecision({ decision }: MemoryDecision): LogPlace {
  return { at: decision.at, id: decision.decisionId };
}

/** Where a refused token stands in its log. */
export function placeOfRefusal({ at, refusalId }: TokenRefusalRecord): LogPlace {
  return { at, id: refusalId };
}

/** Adds a segment to the end of the chain. */
export function addSegment(log: MemoryWorkspaceLog, segment: ChainSegment): void {
  const { droppedSequence = 0, droppedHash = null } = log.chain ?? {};
  log.segments.push(segment);
  log.chain = {
    writerId: segment.writerId,
    headSequence: segment.sequence,
    headHash: segment.hash,
    droppedSequence,
    droppedHash,
  };
}
