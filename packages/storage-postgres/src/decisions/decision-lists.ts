import {
  logCursor,
  pageOf,
  rowsToRead,
  type DecisionQuery,
  type DecisionRecord,
  type Page,
  type RefusalQuery,
  type TokenRefusalRecord,
} from "@byot/storage";
import { and, eq, sql, type SQL } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { joinedColumns, recordOfDecision, recordOfRefusal } from "./decision-rows.js";
import { decisionPersonal, decisionRules, decisions, tokenRefusals } from "./decisions-schema.js";
import { isSubject } from "./is-subject.js";
import { isWithin, lastFirst, type PlaceColumns } from "./log-span.js";

// A list is read off the index that belongs to its filter, which is in the order of the list. A subject and a rule are
// in tables of their own, so the place of a record is read there; what is joined to it keeps that order.

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

const personalOfDecision = and(
  eq(decisionPersonal.decisionId, decisions.decisionId),
  eq(decisionPersonal.at, decisions.at),
);
const ruleOfDecision = and(
  eq(decisionRules.decisionId, decisions.decisionId),
  eq(decisionRules.at, decisions.at),
);

function selectDecisions(
  database: NodePgDatabase,
  workspaceId: string,
  query: DecisionQuery,
) {
  const place = placeFor(query);
  const statement = database
    .select(joinedColumns)
    .from(decisions)
    .leftJoin(decisionPersonal, personalOfDecision)
    .$dynamic();
  const joined = restsOnRule(query)
    ? statement.innerJoin(decisionRules, ruleOfDecision)
    : statement;
  return joined
    .where(
      and(
        isWithin(place, { ...query, workspaceId }),
        // Whatever a row beside it says, a decision is shown to its own workspace alone.
        eq(decisions.workspaceId, workspaceId),
        ...columnFilters(query),
        query.subject === undefined ? undefined : isSubject(decisionPersonal.subject, query.subject),
        ruleFilter(query),
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
    .leftJoin(decisionPersonal, personalOfDecision)
    .where(and(eq(decisions.decisionId, decisionId), eq(decisions.workspaceId, workspaceId)));
  return row === undefined ? undefined : recordOfDecision(row);
}

function selectRefusals(database: NodePgDatabase, workspaceId: string, query: RefusalQuery) {
  const { code } = query;
  return database
    .select()
    .from(tokenRefusals)
    .where(
      and(
        isWithin(ofRefusals, { ...query, workspaceId }),
        code === undefined ? undefined : eq(tokenRefusals.code, code),
      ),
    )
    .orderBy(...lastFirst(ofRefusals))
    .limit(rowsToRead(query));
}

/** One page of refused tokens. */
export async function listRefusals(
  database: NodePgDatabase,
  workspaceId: string,
  query: RefusalQuery,
): Promise<Page<TokenRefusalRecord>> {
  const rows = await selectRefusals(database, workspaceId, query);
  return pageOf(rows.map(recordOfRefusal), query.limit, ({ at, refusalId }) =>
    logCursor({ at, id: refusalId }),
  );
}

function placeFor(query: DecisionQuery): PlaceColumns {
  if (query.subject !== undefined) {
    return ofPersonal;
  }
  return restsOnRule(query) ? ofRules : ofDecisions;
}

const filteredColumns = {
  decision: decisions.decision,
  reason: decisions.reason,
  issuer: decisions.issuer,
  providerId: decisions.providerId,
  resource: decisions.resource,
  action: decisions.action,
} as const satisfies Partial<Record<keyof DecisionQuery, unknown>>;

function columnFilters(query: DecisionQuery): readonly (SQL | undefined)[] {
  return Object.entries(filteredColumns).map(([name, column]) => {
    const wanted: unknown = Reflect.get(query, name);
    return wanted === undefined ? undefined : sql`${column} = ${wanted}`;
  });
}

function restsOnRule({ policyId, ruleId }: DecisionQuery): boolean {
  return policyId !== undefined || ruleId !== undefined;
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
