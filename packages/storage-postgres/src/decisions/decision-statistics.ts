import {
  bucketCount,
  durationClassBounds,
  statisticsOf,
  type DecisionCount,
  type DecisionStatistics,
  type RefusedCount,
  type RuleCount,
  type StatisticsQuery,
} from "@byot/storage";
import { and, asc, count, desc, eq, gte, lt, sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Pool } from "pg";
import { inTransaction, readOneState, type Transaction } from "../in-transaction.js";
import { storableTime } from "../storable-time.js";
import { decisionRules, decisions, tokenRefusals } from "./decisions-schema.js";

const mostDenyingRules = 10;

/** Counts what a workspace recorded within a span of time, all of it in one state of the database. */
export async function readStatistics(
  pool: Pool,
  workspaceId: string,
  query: StatisticsQuery,
): Promise<DecisionStatistics> {
  bucketCount(query);
  return inTransaction(
    pool,
    async (transaction) => {
      const part = { workspaceId, query };
      const counted = {
        decisions: await countDecisions(transaction, part),
        refusals: await countRefusals(transaction, part),
        denyingRules: await countDenyingRules(transaction, part),
      };
      return statisticsOf(query, counted);
    },
    readOneState,
  );
}

interface CountedPart {
  readonly workspaceId: string;
  readonly query: StatisticsQuery;
}

interface CountedTable {
  readonly workspaceId: PgColumn;
  readonly at: PgColumn;
}

function isCounted(table: CountedTable, { workspaceId, query }: CountedPart): SQL | undefined {
  return and(
    eq(table.workspaceId, workspaceId),
    gte(table.at, storableTime(query.from)),
    lt(table.at, storableTime(query.until)),
  );
}

function bucketOf({ at }: CountedTable, { query }: CountedPart): SQL<number> {
  const { from, bucketMillis } = query;
  const millis = sql`(extract(epoch FROM ${at}) * 1000)::bigint - ${from.getTime()}::bigint`;
  return sql<number>`((${millis}) / ${bucketMillis}::bigint)::int`;
}

/** The number of the class of a duration, whose bounds belong to the class that they end. */
const durationClass = sql<number>`width_bucket(${decisions.durationMicros} - 1, ${sql.raw(
  `ARRAY[${durationClassBounds.join(", ")}]::bigint[]`,
)})`;

async function countDecisions(
  transaction: Transaction,
  part: CountedPart,
): Promise<readonly DecisionCount[]> {
  const rows = await transaction
    .select({
      bucket: bucketOf(decisions, part),
      decision: decisions.decision,
      reason: decisions.reason,
      durationClass,
      count: count(),
    })
    .from(decisions)
    .where(isCounted(decisions, part))
    .groupBy(sql`1, 2, 3, 4`);
  return rows.map(({ durationClass: number, ...row }) => ({
    ...row,
    durationBound: durationClassBounds[number] ?? durationClassBounds.at(-1) ?? 0,
  }));
}

async function countRefusals(
  transaction: Transaction,
  part: CountedPart,
): Promise<readonly RefusedCount[]> {
  return transaction
    .select({
      bucket: bucketOf(tokenRefusals, part),
      count: sql`sum(${tokenRefusals.count})`.mapWith(Number),
    })
    .from(tokenRefusals)
    .where(isCounted(tokenRefusals, part))
    .groupBy(sql`1`);
}

async function countDenyingRules(
  transaction: Transaction,
  part: CountedPart,
): Promise<readonly RuleCount[]> {
  const { policyId, ruleId, isDefault } = decisionRules;
  const rows = await transaction
    .select({ policyId, ruleId, isDefault, count: count() })
    .from(decisionRules)
    .where(and(isCounted(decisionRules, part), sql`${decisionRules.isDenial}`))
    .groupBy(policyId, ruleId, isDefault)
    .orderBy(desc(count()), asc(policyId), asc(ruleId))
    .limit(mostDenyingRules);
  return rows.map(({ isDefault: ofDefault, ruleId: rule, ...row }) =>
    ofDefault ? row : { ...row, ruleId: rule },
  );
}
