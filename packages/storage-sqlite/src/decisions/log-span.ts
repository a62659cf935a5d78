import { readLogCursor, type PageRequest, type TimeSpan } from "@byot/storage";

/** Which part of a log a page is read from: the parameters of its statement. */
export interface LogSpan {
  /** The least time. */
  readonly fromAt: number;
  /** The time of the place that everything comes before. */
  readonly untilAt: number;
  /** The id of that place; empty for the place before everything of that time. */
  readonly untilId: string;
}

const largestTime = 8.64e15;

/**
 * The part of a log that a page is read from. A time and a cursor both end it; the earlier one does.
 *
 * @throws StorageError with code `NOT_FOUND` when the cursor is not one.
 */
export function spanOf({ from, until, cursor }: TimeSpan & Pick<PageRequest, "cursor">): LogSpan {
  const fromAt = from?.getTime() ?? -largestTime;
  const untilAt = until?.getTime() ?? largestTime + 1;
  const place = cursor === undefined ? undefined : readLogCursor(cursor);
  return place !== undefined && place.at.getTime() < untilAt
    ? { fromAt, untilAt: place.at.getTime(), untilId: place.id }
    : { fromAt, untilAt, untilId: "" };
}
