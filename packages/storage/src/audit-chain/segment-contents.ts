import { canonicalDecision, canonicalErasure } from "./canonical.js";
import type { ChainReader, StoredDecision } from "./chain-reader.js";
import type { ChainSegment, ErasureRecord } from "./chain-segment.js";
import { readable } from "./readable.js";
import type { SegmentEntry } from "./segment-extent.js";

/** What is found in a segment. */
export interface SegmentContents {
  /** The decisions in it, or those that its erasure names. */
  readonly entries: readonly SegmentEntry[];
  /** The texts that are hashed. */
  readonly texts: readonly string[];
  /** The decisions by position; none in an erasure. */
  readonly decisions: readonly StoredDecision[];
}

const nothing: SegmentContents = { entries: [], texts: [], decisions: [] };

/** Reads what is in a segment. Resolves to `undefined` when it cannot be read back. */
export async function readContents(
  reader: ChainReader,
  segment: ChainSegment,
): Promise<SegmentContents | undefined> {
  return segment.content === "decisions"
    ? understood(await readable(reader.decisions(segment)), contentsOfDecisions)
    : understood(await readable(reader.erasure(segment).then(listOf)), contentsOfErasures);
}

/** Decisions as contents, in the order they are given in. */
export function contentsOfDecisions(decisions: readonly StoredDecision[]): SegmentContents {
  return {
    entries: decisions.map(({ decision }) => ({ id: decision.decisionId, at: decision.at })),
    texts: decisions.map(({ decision, personalHash }) => canonicalDecision(decision, personalHash)),
    decisions,
  };
}

function contentsOfErasures([erasure]: readonly ErasureRecord[]): SegmentContents {
  if (erasure === undefined) {
    return nothing;
  }
  return {
    entries: erasure.decisionIds.map((id) => ({ id, at: erasure.at })),
    texts: [canonicalErasure(erasure)],
    decisions: [],
  };
}

function listOf(erasure: ErasureRecord | undefined): readonly ErasureRecord[] {
  return erasure === undefined ? [] : [erasure];
}

function understood<Stored>(
  stored: Stored | undefined,
  contentsOf: (stored: Stored) => SegmentContents,
): SegmentContents | undefined {
  if (stored === undefined) {
    return undefined;
  }
  try {
    return contentsOf(stored);
  } catch {
    // What has no canonical text, such as values nested without end, was never sealed.
    return undefined;
  }
}
