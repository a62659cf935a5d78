import type { ChainSegment } from "./chain-segment.js";

/** Something in a segment: a decision, or one that an erasure names. */
export interface SegmentEntry {
  /** The id of the decision. */
  readonly id: string;
  /** When it was decided or erased. */
  readonly at: Date;
}

/** What a segment says of its contents as a whole. */
export type SegmentExtent = Pick<
  ChainSegment,
  "count" | "firstId" | "lastId" | "firstAt" | "lastAt"
>;

/** The extent of contents in their order; `undefined` when there are none. */
export function segmentExtent(entries: readonly SegmentEntry[]): SegmentExtent | undefined {
  const first = entries[0];
  const last = entries.at(-1);
  if (first === undefined || last === undefined) {
    return undefined;
  }
  const times = entries.map(({ at }) => at.getTime());
  return {
    count: entries.length,
    firstId: first.id,
    lastId: last.id,
    firstAt: new Date(Math.min(...times)),
    lastAt: new Date(Math.max(...times)),
  };
}
