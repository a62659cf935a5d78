import { randomUUID } from "node:crypto";
import {
  pageOf,
  rowsToRead,
  unknownCursor,
  type ChangeLog,
  type ChangeQuery,
  type ChangeRecord,
  type Page,
} from "@byot/storage";
import { and, desc, eq, gte, lt, type SQL } from "drizzle-orm";
import { changeLog } from "./configuration-schema.js";
import type { SqliteDatabase } from "./open-database.js";
import type { SqliteParts } from "./sqlite-configured-store.js";

/** Reads who changed what. */
export function createChangeLog({ gate, database }: SqliteParts): ChangeLog {
  return {
    list: (workspaceId, query) => gate.run(() => listChanges(database, workspaceId, query)),
  };
}

/** Adds a record, in the transaction of the change itself. */
export function logChange(database: SqliteDatabase, change: Omit<ChangeRecord, "changeId">): void {
  const { by, ...columns } = change;
  database
    .insert(changeLog)
    .values({ ...columns, changeId: randomUUID(), actorKind: by.kind, actorId: by.id })
    .run();
}

function listChanges(
  database: SqliteDatabase,
  workspaceId: string,
  query: ChangeQuery,
): Page<ChangeRecord> {
  const wanted = rowsToRead(query);
  const rows = database
    .select()
    .from(changeLog)
    .where(
      and(
        eq(changeLog.workspaceId, workspaceId),
        placedBefore(database, workspaceId, query.cursor),
        ...filtersOf(query),
      ),
    )
    .orderBy(desc(changeLog.sequence))
    .limit(wanted)
    .all();
  return pageOf(rows.map(recordOfChange), query.limit, ({ changeId }) => changeId);
}

/**
 * A cursor is the id of the last record of a page. It is looked up within the workspace: a bare sequence number would
 * tell how much is changed elsewhere.
 */
function placedBefore(
  database: SqliteDatabase,
  workspaceId: string,
  cursor: string | undefined,
): SQL | undefined {
  if (cursor === undefined) {
    return undefined;
  }
  const last = database
    .select({ sequence: changeLog.sequence })
    .from(changeLog)
    .where(and(eq(changeLog.workspaceId, workspaceId), eq(changeLog.changeId, cursor)))
    .get();
  if (last === undefined) {
    throw unknownCursor(cursor);
  }
  return lt(changeLog.sequence, last.sequence);
}

function filtersOf({ kind, key, from, until }: ChangeQuery): readonly (SQL | undefined)[] {
  return [
    kind === undefined ? undefined : eq(changeLog.kind, kind),
    key === undefined ? undefined : eq(changeLog.key, key),
    from === undefined ? undefined : gte(changeLog.at, from),
    until === undefined ? undefined : lt(changeLog.at, until),
  ];
}

function recordOfChange(row: typeof changeLog.$inferSelect): ChangeRecord {
  const { sequence: _sequence, actorKind, actorId, requestId, before, after, ...record } = row;
  return {
    ...record,
    by: { kind: actorKind, id: actorId },
    ...(requestId !== null && { requestId }),
    ...(before !== null && { before }),
    ...(after !== null && { after }),
  };
}
