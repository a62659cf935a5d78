import { readLogCursor, type PageRequest, type TimeSpan } from "@byot/storage";
import { and, desc, eq, gte, lt, sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { storableTime } from "../storable-time.js";

/** The columns that place a record in a workspace's log; an index ends with the last two. */
export interface PlaceColumns {
  /** The workspace. */
  readonly workspaceId: PgColumn;
  /** The time. */
  readonly at: PgColumn;
  /** The id. */
  readonly id: PgColumn;
}

/** Which part of a workspace's log is wanted. */
export interface LogPart extends TimeSpan, Pick<PageRequest, "cursor"> {
  /** The workspace. */
  readonly workspaceId: string;
}

/**
 * Whether a record lies in a part of the log.
 *
 * @throws StorageError with code `NOT_FOUND` when the cursor is not one.
 */
export function isWithin(
  place: PlaceColumns,
  { workspaceId, from, until, cursor }: LogPart,
): SQL | undefined {
  return and(
    eq(place.workspaceId, workspaceId),
    from === undefined ? undefined : gte(place.at, storableTime(from)),
    until === undefined ? undefined : lt(place.at, storableTime(until)),
    cursor === undefined ? undefined : isBefore(place, cursor),
  );
}

function isBefore(place: PlaceColumns, cursor: string): SQL {
  const { at, id } = readLogCursor(cursor);
  return sql`(${place.at}, ${place.id}) < (${sql.param(storableTime(at), place.at)}, ${id})`;
}

/** The order of a log. */
export function lastFirst({ at, id }: PlaceColumns): readonly [SQL, SQL] {
  return [desc(at), desc(id)];
}
