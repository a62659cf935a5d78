import { unknownCursor } from "./page-of.js";

/** A place in a log: the time and the id of a record. */
export interface LogPlace {
  /** When it was recorded. */
  readonly at: Date;
  /** The id of the record. */
  readonly id: string;
}

const cursorPattern = /^(?<millis>-?\d{1,16})~(?<id>.{1,200})$/u;
const largestTime = 8.64e15;

/** The cursor of a place. It stands for itself: the record at that place need not be there any more. */
export function logCursor({ at, id }: LogPlace): string {
  return `${at.getTime()}~${id}`;
}

/**
 * Reads a cursor of {@link logCursor}.
 *
 * @throws StorageError with code `NOT_FOUND` when it is not one.
 */
export function readLogCursor(cursor: string): LogPlace {
  const { millis, id } = cursorPattern.exec(cursor)?.groups ?? {};
  if (millis === undefined || id === undefined || Math.abs(Number(millis)) > largestTime) {
    throw unknownCursor(cursor);
  }
  return { at: new Date(Number(millis)), id };
}
