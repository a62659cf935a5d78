import {
  logCursor,
  pageOf,
  refusalOf,
  rowsToRead,
  type DecisionQuery,
  type DecisionRecord,
  type Page,
  type RefusalQuery,
  type TokenRefusalRecord,
} from "@byot/storage";
import { and, desc, eq, getTableColumns, sql, type SQL } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { joinedColumns, recordOfDecision } from "./decision-rows.js";
import { decisionPersonal, decisionRules, decisions, tokenRefusals } from "./decisions-schema.js";
import { isSubject } from "./is-subject.js";
import { isWithin, lastFirst, type PlaceColumns } from "./log-span.js";

// A page is read in two steps, in one statement: which records it holds, off the index that belongs to the filter and
// has all that this step needs in the order of the list, and then the records. Looking for both at once, PostgreSQL may
// rather read another index and much of the table. A subject and a rule are in tables of their own with such an index.

const ofDecisions = placeIn(decisions);
const ofPersonal = placeIn(decisionPersonal);
const ofRules = placeIn(decisionRules);
const ofRefusals: PlaceColumns = {
  workspaceId: tokenRefusals.workspaceId,
  at: tokenRefusals.at,
  id: tokenRefusals.refusalId,
};

function placeIn({
  workspaceId,
  at,
  decisionId,
}: typeof decisions | typeof decisionPersonal | typeof decisionRules): PlaceColumns {
  return { workspaceId, at, id: decisionId };
}

function selectDecisions(database: NodePgDatabase, workspaceId: string, query: DecisionQuery) {
  const page = selectPlaces(database, workspaceId, query).as("page");
  return database
    .select(joinedColumns)
    .from(page)
    .innerJoin(
      decisions,
      and(
        eq(decisions.decisionId, page.id),
        // Whatever a row beside it says, a decision is shown to its own workspace alone.
        eq(decisions.workspaceId, workspaceId),
      ),
    )
    .leftJoin(decisionPersonal, eq(decisionPersonal.decisionId, decisions.decisionId))
    .orderBy(desc(page.at), desc(page.id));
}

function selectPlaces(database: NodePgDatabase, workspaceId: string, query: DecisionQuery) {
  const { subject } = query;
  const rule = ruleFilter(query);
  const columns = columnFilters(query);
  const [table, place] = leadOf(query);
  const { at, id } = place;
  const statement = database.select({ at, id }).from(table).$dynamic();
  if (table !== decisions && columns.length > 0) {
    void statement.innerJoin(decisions, eq(decisions.decisionId, id));
  }
  if (table !== decisionRules && rule !== undefined) {
    void statement.innerJoin(decisionRules, eq(decisionRules.decisionId, id));
  }
  return statement
    .where(
      and(
        isWithin(place, { ...query, workspaceId }),
        subject === undefined ? undefined : isSubject(decisionPersonal.subject, subject),
        rule,
        ...columns,
      ),
    )
    .orderBy(...lastFirst(place))
    .limit(rowsToRead(query));
}

/** One page of decisions. */
export async function listDecisions(
  database: NodePgDatabase,
  workspaceId: string,
  query: DecisionQuery,
): Promise<Page<DecisionRecord>> {
  const rows = await selectDecisions(database, workspaceId, query);
  return pageOf(rows.map(recordOfDecision), query.limit, ({ at, decisionId }) =>
    logCursor({ at, id: decisionId }),
  );
}

/** The decision of an id. */
export async function findDecision(
  database: NodePgDatabase,
  workspaceId: string,
  decisionId: string,
): Promise<DecisionRecord | undefined> {
  const [row] = await database
    .select(joinedColumns)
    .from(decisions)
    .leftJoin(decisionPersonal, eq(decisionPersonal.decisionId, decisions.decisionId))
    .where(and(eq(decisions.decisionId, decisionId), eq(decisions.workspaceId, workspaceId)));
  return row === undefined ? undefined : recordOfDecision(row);
}

function selectRefusals(database: NodePgDatabase, workspaceId: string, query: RefusalQuery) {
  const { code } = query;
  const { at, id } = ofRefusals;
  const page = database
    .select({ at, id })
    .from(tokenRefusals)
    .where(
      and(
        isWithin(ofRefusals, { ...query, workspaceId }),
        code === undefined ? undefined : eq(tokenRefusals.code, code),
      ),
    )
    .orderBy(...lastFirst(ofRefusals))
    .limit(rowsToRead(query))
    .as("page");
  return database
    .select(getTableColumns(tokenRefusals))
    .from(page)
    .innerJoin(tokenRefusals, eq(tokenRefusals.refusalId, page.id))
    .orderBy(desc(page.at), desc(page.id));
}

/** One page of refused tokens. */
export async function listRefusals(
  database: NodePgDatabase,
  workspaceId: string,
  query: RefusalQuery,
): Promise<Page<TokenRefusalRecord>> {
  const rows = await selectRefusals(database, workspaceId, query);
  return pageOf(rows.map(refusalOf), query.limit, ({ at, refusalId }) =>
    logCursor({ at, id: refusalId }),
  );
}

type LeadingTable = typeof decisions | typeof decisionPersonal | typeof decisionRules;

/** The table that a page is read off: that of the filter which usually matches least. */
function leadOf(query: DecisionQuery): readonly [LeadingTable, PlaceColumns] {
  if (query.subject !== undefined) {
    return [decisionPersonal, ofPersonal];
  }
  return query.policyId === undefined && query.ruleId === undefined
    ? [decisions, ofDecisions]
    : [decisionRules, ofRules];
}

const filteredColumns = {
  decision: decisions.decision,
  reason: decisions.reason,
  issuer: decisions.issuer,
  providerId: decisions.providerId,
  resource: decisions.resource,
  action: decisions.action,
} as const satisfies Partial<Record<keyof DecisionQuery, unknown>>;

function columnFilters(query: DecisionQuery): readonly SQL[] {
  return Object.entries(filteredColumns).flatMap(([name, column]) => {
    const wanted: unknown = Reflect.get(query, name);
    return wanted === undefined ? [] : [sql`${column} = ${wanted}`];
  });
}

/** The row of a rule that stands for its decision: there is exactly one that matches. */
function ruleFilter({ policyId, ruleId }: DecisionQuery): SQL | undefined {
  if (policyId === undefined) {
    return ruleId === undefined
      ? undefined
      : and(eq(decisionRules.ruleId, ruleId), sql`${decisionRules.leadsRule}`);
  }
  const ofPolicy = eq(decisionRules.policyId, policyId);
  return ruleId === undefined
    ? and(ofPolicy, sql`${decisionRules.leadsPolicy}`)
    : and(ofPolicy, eq(decisionRules.ruleId, ruleId), sql`NOT ${decisionRules.isDefault}`);
}
