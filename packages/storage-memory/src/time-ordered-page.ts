import {
  logCursor,
  pageOf,
  readLogCursor,
  rowsToRead,
  type LogPlace,
  type Page,
  type PageRequest,
  type TimeSpan,
} from "@byot/storage";
import type { TimeOrderedLog } from "./time-ordered-log.js";

/** How a list of log records is read. */
export interface TimeOrderedQuery<Entry> {
  /** Which part is wanted. */
  readonly query: PageRequest & TimeSpan;
  /** Reads the time and the id of a record. */
  readonly placeOf: (entry: Entry) => LogPlace;
  /** Whether a record within the span is wanted. */
  readonly matches: (entry: Entry) => boolean;
}

/** One page of a log, the last record first. */
export function timeOrderedPage<Entry>(
  log: TimeOrderedLog<Entry> | undefined,
  { query, placeOf, matches }: TimeOrderedQuery<Entry>,
): Page<Entry> {
  const wanted = rowsToRead(query);
  const end = query.cursor === undefined ? undefined : readLogCursor(query.cursor);
  const found: Entry[] = [];
  for (const entry of log?.backwards(end) ?? []) {
    const { at } = placeOf(entry);
    if (found.length === wanted || isBefore(at, query.from)) {
      break;
    }
    if (!isFrom(at, query.until) && matches(entry)) {
      found.push(entry);
    }
  }
  return pageOf(found, query.limit, (entry) => logCursor(placeOf(entry)));
}

function isBefore(at: Date, time: Date | undefined): boolean {
  return time !== undefined && at.getTime() < time.getTime();
}

function isFrom(at: Date, time: Date | undefined): boolean {
  return time !== undefined && at.getTime() >= time.getTime();
}
