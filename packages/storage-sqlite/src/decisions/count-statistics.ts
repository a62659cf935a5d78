import {
  bucketCount,
  durationClassBounds,
  statisticsOf,
  type DecisionCount,
  type DecisionStatistics,
  type RefusedCount,
  type StatisticsQuery,
} from "@byot/storage";
import type { Database } from "better-sqlite3";

/** Counts what a workspace's log holds. */
export type StatisticsCounter = (workspaceId: string, query: StatisticsQuery) => DecisionStatistics;

interface Span {
  readonly workspaceId: string;
  readonly from: number;
  readonly until: number;
}

interface BucketSpan extends Span {
  readonly bucketMillis: number;
}

interface DenyingRule {
  readonly policyId: string;
  readonly ruleId: string | null;
  readonly count: number;
}

const largestBound = durationClassBounds.at(-1) ?? 0;
const classes = durationClassBounds.map(
  (bound) => `WHEN duration_micros <= ${bound} THEN ${bound}`,
);
const inSpan = "workspace_id = @workspaceId AND at >= @from AND at < @until";
const bucket = "CAST((at - @from) / @bucketMillis AS INTEGER)";

const decisionsSql = `
  SELECT ${bucket} AS bucket, decision, reason,
    CASE ${classes.join(" ")} ELSE ${largestBound} END AS durationBound, count(*) AS count
  FROM decisions INDEXED BY decisions_at WHERE ${inSpan} GROUP BY 1, 2, 3, 4`;

const refusalsSql = `
  SELECT ${bucket} AS bucket, sum(count) AS count
  FROM token_refusals INDEXED BY token_refusals_at WHERE ${inSpan} GROUP BY 1`;

const denyingRulesSql = `
  SELECT rule.value ->> 'policyId' AS policyId, rule.value ->> 'ruleId' AS ruleId,
    count(DISTINCT sequence) AS count
  FROM decisions INDEXED BY decisions_decision, json_each(determining) AS rule
  WHERE ${inSpan} AND decision = 'Deny'
  GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 10`;

/** Prepares the counting of a connection. */
export function createStatisticsCounter(client: Database): StatisticsCounter {
  const decisions = client.prepare<[BucketSpan], DecisionCount>(decisionsSql);
  const refusals = client.prepare<[BucketSpan], RefusedCount>(refusalsSql);
  const denyingRules = client.prepare<[Span], DenyingRule>(denyingRulesSql);
  return client.transaction((workspaceId: string, query: StatisticsQuery) => {
    bucketCount(query);
    const { from, until, bucketMillis } = query;
    const span = { workspaceId, from: from.getTime(), until: until.getTime() };
    return statisticsOf(query, {
      decisions: decisions.all({ ...span, bucketMillis }),
      refusals: refusals.all({ ...span, bucketMillis }),
      denyingRules: denyingRules.all(span).map(({ policyId, ruleId, count }) => ({
        policyId,
        ...(ruleId !== null && { ruleId }),
        count,
      })),
    });
  });
}
