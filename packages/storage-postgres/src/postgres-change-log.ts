import { randomUUID } from "node:crypto";
import {
  pageOf,
  readStoredMembers,
  rowsToRead,
  unknownCursor,
  type ChangeLog,
  type ChangeQuery,
  type ChangeRecord,
  type Page,
} from "@byot/storage";
import { and, desc, eq, gte, lt, type SQL } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { changeLog } from "./configuration-schema.js";
import type { Transaction } from "./in-transaction.js";
import type { PostgresParts } from "./postgres-parts.js";
import { storableTime } from "./storable-time.js";

/** Reads who changed what. */
export function createChangeLog({
  gate,
  database,
}: Pick<PostgresParts, "gate" | "database">): ChangeLog {
  return {
    list: (workspaceId, query) => gate.run(() => listChanges(database, workspaceId, query)),
  };
}

const rowsAtOnce = 1000;

/**
 * Adds records, in the transaction of the changes themselves. That one holds the lock of the workspace's revision, so
 * the sequence is the order in which the changes of a workspace are seen.
 */
export async function logChanges(
  transaction: Transaction,
  changes: readonly Omit<ChangeRecord, "changeId">[],
): Promise<void> {
  for (let start = 0; start < changes.length; start += rowsAtOnce) {
    const some = changes.slice(start, start + rowsAtOnce).map(columnsOf);
    // oxlint-disable-next-line no-await-in-loop -- a connection does one thing at a time
    await transaction.insert(changeLog).values(some);
  }
}

function columnsOf(change: Omit<ChangeRecord, "changeId">): typeof changeLog.$inferInsert {
  const { by, before, after, ...columns } = change;
  return {
    ...columns,
    changeId: randomUUID(),
    actorKind: by.kind,
    actorId: by.id,
    before: before === undefined ? null : JSON.stringify(before),
    after: after === undefined ? null : JSON.stringify(after),
  };
}

async function listChanges(
  database: NodePgDatabase,
  workspaceId: string,
  query: ChangeQuery,
): Promise<Page<ChangeRecord>> {
  const wanted = rowsToRead(query);
  const rows = await database
    .select()
    .from(changeLog)
    .where(
      and(
        eq(changeLog.workspaceId, workspaceId),
        await placedBefore(database, workspaceId, query.cursor),
        ...filtersOf(query),
      ),
    )
    .orderBy(desc(changeLog.sequence))
    .limit(wanted);
  return pageOf(rows.map(recordOfChange), query.limit, ({ changeId }) => changeId);
}

/**
 * A cursor is the id of the last record of a page. It is looked up within the workspace: a bare sequence number would
 * tell how much is changed elsewhere.
 */
async function placedBefore(
  database: NodePgDatabase,
  workspaceId: string,
  cursor: string | undefined,
): Promise<SQL | undefined> {
  if (cursor === undefined) {
    return undefined;
  }
  const [last] = await database
    .select({ sequence: changeLog.sequence })
    .from(changeLog)
    .where(and(eq(changeLog.workspaceId, workspaceId), eq(changeLog.changeId, cursor)));
  if (last === undefined) {
    throw unknownCursor(cursor);
  }
  return lt(changeLog.sequence, last.sequence);
}

function filtersOf({ kind, key, from, until }: ChangeQuery): readonly (SQL | undefined)[] {
  return [
    kind === undefined ? undefined : eq(changeLog.kind, kind),
    key === undefined ? undefined : eq(changeLog.key, key),
    from === undefined ? undefined : gte(changeLog.at, storableTime(from)),
    until === undefined ? undefined : lt(changeLog.at, storableTime(until)),
  ];
}

function recordOfChange(row: typeof changeLog.$inferSelect): ChangeRecord {
  const { sequence: _sequence, actorKind, actorId, requestId, before, after, ...record } = row;
  return {
    ...record,
    by: { kind: actorKind, id: actorId },
    ...(requestId !== null && { requestId }),
    ...(before !== null && { before: readStoredMembers(before) }),
    ...(after !== null && { after: readStoredMembers(after) }),
  };
}
