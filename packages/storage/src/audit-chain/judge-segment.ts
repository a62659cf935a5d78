import { hashSegment } from "./canonical.js";
import type { ChainSegment, TextHash } from "./chain-segment.js";
import type { ChainPlace } from "./chain-walk.js";
import type { ChainProblem } from "./chain.js";
import { segmentExtent } from "./segment-extent.js";
import { contentsOfDecisions, type SegmentContents } from "./segment-contents.js";

/** A segment with its contents, and what stands before and behind it. */
export interface SegmentInPlace {
  /** The segment. */
  readonly segment: ChainSegment;
  /** What is found in it. */
  readonly contents: SegmentContents;
  /** What its hash is. */
  readonly computedHash: string;
  /** What is before it. */
  readonly previous: ChainPlace;
  /** What the next place says of the segment's hash; `undefined` when there is none or a hole. */
  readonly nextSays: string | null | undefined;
}

/** What is wrong with a segment, and with which record. */
export type SegmentVerdict = Pick<ChainProblem, "kind" | "decisionId">;

/**
 * Says what is wrong with a segment; `undefined` when nothing is. There is one hash for all of it, so this finds out
 * which change would explain the hash: that something is wrong is certain, what it is may be a guess.
 */
export function judgeSegment(place: SegmentInPlace, hash: TextHash): SegmentVerdict | undefined {
  const { segment, contents, computedHash } = place;
  if (computedHash === segment.hash) {
    return misplacedRecord(contents);
  }
  if (isHeaderChanged(place, hash)) {
    return { kind: "segment_changed" };
  }
  const found = contents.entries.length;
  if (found !== segment.count) {
    return found < segment.count
      ? { kind: "record_missing" }
      : { ...misplacedRecord(contents), kind: "record_added" };
  }
  return (
    misplacedRecord(contents) ?? {
      kind: isReordered(place, hash) ? "record_moved" : "record_changed",
    }
  );
}

function isHeaderChanged(
  { segment, contents, computedHash, previous, nextSays }: SegmentInPlace,
  hash: TextHash,
): boolean {
  const asItShouldBe: ChainSegment = {
    ...segment,
    ...segmentExtent(contents.entries),
    sequence: previous.sequence + 1,
    previousHash: previous.hash,
  };
  return (
    computedHash === nextSays || hashSegment(asItShouldBe, contents.texts, hash) === segment.hash
  );
}

/** A record whose position is not the one it is found at. */
function misplacedRecord({ decisions }: SegmentContents): SegmentVerdict | undefined {
  const misplaced = decisions.find(({ position }, index) => position !== index);
  return misplaced === undefined
    ? undefined
    : { kind: "record_moved", decisionId: misplaced.decision.decisionId };
}

/** Decisions are sealed in the order of their ids as a rule, since those grow with time. */
function isReordered({ segment, contents }: SegmentInPlace, hash: TextHash): boolean {
  const { texts } = contentsOfDecisions(
    contents.decisions.toSorted((left, right) =>
      left.decision.decisionId < right.decision.decisionId ? -1 : 1,
    ),
  );
  return texts.length > 0 && hashSegment(segment, texts, hash) === segment.hash;
}
