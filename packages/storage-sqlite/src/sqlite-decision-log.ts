import {
  pageOf,
  rowsToRead,
  StorageError,
  unknownCursor,
  type DecisionLog,
  type DecisionQuery,
  type DecisionRecord,
  type Page,
  type RefusalQuery,
  type TokenRefusalRecord,
} from "@byot/storage";
import { and, desc, eq, gte, lt, type SQL } from "drizzle-orm";
import { decisions, tokenRefusals } from "./decisions-schema.js";
import type { SqliteDatabase } from "./open-database.js";
import { prepareDecisionInsert, prepareRefusalInsert } from "./prepared-inserts.js";
import type { SqliteParts } from "./sqlite-configured-store.js";
import { isKeyTaken } from "./sqlite-errors.js";

/** The columns that a query can ask to be equal. */
const filterColumns = {
  decision: decisions.decision,
  subject: decisions.subject,
  resource: decisions.resource,
  action: decisions.action,
} as const satisfies Record<Exclude<keyof DecisionQuery, keyof RefusalQuery>, unknown>;

/** Keeps decisions and refused tokens. */
export function createDecisionLog({ gate, database }: SqliteParts): DecisionLog {
  const insertDecision = prepareDecisionInsert(database);
  const insertRefusal = prepareRefusalInsert(database);
  return {
    append: (records) => gate.run(() => appendAll(database, records, insertDecision)),
    appendRefusals: (records) => gate.run(() => appendAll(database, records, insertRefusal)),
    find: (workspaceId, decisionId) =>
      gate.run(() => {
        const row = findDecision(database, workspaceId, decisionId);
        return row === undefined ? undefined : recordOfDecision(row);
      }),
    list: (workspaceId, query) => gate.run(() => listDecisions(database, workspaceId, query)),
    listRefusals: (workspaceId, query) =>
      gate.run(() => listRefusals(database, workspaceId, query)),
  };
}

function appendAll<Entry>(
  database: SqliteDatabase,
  records: readonly Entry[],
  insert: (record: Entry) => void,
): void {
  try {
    database.transaction(() => records.forEach(insert), { behavior: "immediate" });
  } catch (error) {
    if (isKeyTaken(error)) {
      throw new StorageError("ALREADY_EXISTS", "one of the ids is already in the log", {
        cause: error,
      });
    }
    throw error;
  }
}

type DecisionRow = typeof decisions.$inferSelect;
type RefusalRow = typeof tokenRefusals.$inferSelect;

function findDecision(
  database: SqliteDatabase,
  workspaceId: string,
  decisionId: string,
): DecisionRow | undefined {
  return database
    .select()
    .from(decisions)
    .where(and(eq(decisions.workspaceId, workspaceId), eq(decisions.decisionId, decisionId)))
    .get();
}

function findRefusal(
  database: SqliteDatabase,
  workspaceId: string,
  refusalId: string,
): RefusalRow | undefined {
  return database
    .select()
    .from(tokenRefusals)
    .where(and(eq(tokenRefusals.workspaceId, workspaceId), eq(tokenRefusals.refusalId, refusalId)))
    .get();
}

/**
 * A cursor is the id of the last record of a page. It is looked up within the workspace: a bare sequence number would
 * tell how much is decided elsewhere.
 */
function sequenceOf(
  cursor: string | undefined,
  find: (id: string) => { readonly sequence: number } | undefined,
): number | undefined {
  if (cursor === undefined) {
    return undefined;
  }
  const row = find(cursor);
  if (row === undefined) {
    throw unknownCursor(cursor);
  }
  return row.sequence;
}

function listDecisions(
  database: SqliteDatabase,
  workspaceId: string,
  query: DecisionQuery,
): Page<DecisionRecord> {
  const wanted = rowsToRead(query);
  const before = sequenceOf(query.cursor, (id) => findDecision(database, workspaceId, id));
  const rows = database
    .select()
    .from(decisions)
    .where(
      and(
        eq(decisions.workspaceId, workspaceId),
        before === undefined ? undefined : lt(decisions.sequence, before),
        ...filtersOf(query),
      ),
    )
    .orderBy(desc(decisions.sequence))
    .limit(wanted)
    .all();
  return pageOf(rows.map(recordOfDecision), query.limit, ({ decisionId }) => decisionId);
}

function filtersOf(query: DecisionQuery): readonly (SQL | undefined)[] {
  const { decision, subject, resource, action, from } = query;
  return [
    decision === undefined ? undefined : eq(filterColumns.decision, decision),
    subject === undefined ? undefined : eq(filterColumns.subject, subject),
    resource === undefined ? undefined : eq(filterColumns.resource, resource),
    action === undefined ? undefined : eq(filterColumns.action, action),
    from === undefined ? undefined : gte(decisions.at, from),
  ];
}

function listRefusals(
  database: SqliteDatabase,
  workspaceId: string,
  query: RefusalQuery,
): Page<TokenRefusalRecord> {
  const wanted = rowsToRead(query);
  const before = sequenceOf(query.cursor, (id) => findRefusal(database, workspaceId, id));
  const rows = database
    .select()
    .from(tokenRefusals)
    .where(
      and(
        eq(tokenRefusals.workspaceId, workspaceId),
        before === undefined ? undefined : lt(tokenRefusals.sequence, before),
        query.from === undefined ? undefined : gte(tokenRefusals.at, query.from),
      ),
    )
    .orderBy(desc(tokenRefusals.sequence))
    .limit(wanted)
    .all();
  return pageOf(rows.map(recordOfRefusal), query.limit, ({ refusalId }) => refusalId);
}

function recordOfDecision({ sequence: _sequence, ...record }: DecisionRow): DecisionRecord {
  return record;
}

function recordOfRefusal(row: RefusalRow): TokenRefusalRecord {
  const { sequence: _sequence, unverifiedIssuer, ...record } = row;
  return unverifiedIssuer === null ? record : { ...record, unverifiedIssuer };
}
