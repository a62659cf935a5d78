import {
  bucketCount,
  type DecisionLog,
  type DecisionStatistics,
  type RuleCount,
  type StatisticsBucket,
  type StatisticsQuery,
  type WorkspaceRecord,
} from "@byot/storage";

/**
 * Counts what was recorded within a span, but nothing of what came before the workspace was made: a predecessor of the
 * same id has nothing to do with it. Where that time falls within a bucket, the rest of the bucket is counted by itself.
 */
export async function statisticsSince(
  log: Pick<DecisionLog, "statistics">,
  { id, createdAt }: Pick<WorkspaceRecord, "id" | "createdAt">,
  query: StatisticsQuery,
): Promise<DecisionStatistics> {
  const { from, until, bucketMillis } = query;
  if (from >= createdAt) {
    return log.statistics(id, query);
  }
  const whole = Math.floor((createdAt.getTime() - from.getTime()) / bucketMillis);
  const before = emptyBuckets(from, bucketMillis, Math.min(whole, bucketCount(query)));
  if (createdAt >= until) {
    return { buckets: before, reasons: [], denyingRules: [] };
  }
  const boundary = new Date(from.getTime() + (whole + 1) * bucketMillis);
  const parts = await Promise.all([
    log.statistics(id, {
      from: createdAt,
      until: boundary,
      bucketMillis: boundary.getTime() - createdAt.getTime(),
    }),
    ...(boundary < until ? [log.statistics(id, { from: boundary, until, bucketMillis })] : []),
  ]);
  return join(before, new Date(boundary.getTime() - bucketMillis), parts);
}

function emptyBuckets(
  from: Date,
  bucketMillis: number,
  count: number,
): readonly StatisticsBucket[] {
  return Array.from({ length: count }, (_, number) => ({
    at: new Date(from.getTime() + number * bucketMillis),
    allowed: 0,
    denied: 0,
    refused: 0,
  }));
}

const mostRules = 10;

function join(
  before: readonly StatisticsBucket[],
  partialAt: Date,
  [partial, ...rest]: readonly DecisionStatistics[],
): DecisionStatistics {
  const parts = partial === undefined ? rest : [partial, ...rest];
  const cut = (partial?.buckets ?? []).map((bucket) => ({ ...bucket, at: partialAt }));
  return {
    buckets: [...before, ...cut, ...rest.flatMap(({ buckets }) => buckets)],
    reasons: addUp(
      parts.flatMap(({ reasons }) => reasons),
      ({ reason }) => reason,
    ),
    denyingRules: addUp(
      parts.flatMap(({ denyingRules }) => denyingRules),
      ({ policyId, ruleId }: RuleCount) => JSON.stringify([policyId, ruleId]),
    ).slice(0, mostRules),
  };
}

/** What is of one key counted together, the most frequent first. */
function addUp<Counted extends { readonly count: number }>(
  counted: readonly Counted[],
  keyOf: (each: Counted) => string,
): readonly Counted[] {
  const sums = new Map<string, Counted>();
  for (const each of counted) {
    const key = keyOf(each);
    sums.set(key, { ...each, count: each.count + (sums.get(key)?.count ?? 0) });
  }
  return [...sums.values()].toSorted((first, second) => second.count - first.count);
}
