import {
  bucketCount,
  compareKeys,
  durationClassBounds,
  statisticsOf,
  type DecisionCount,
  type DecisionStatistics,
  type ImpersonalDecision,
  type RuleCount,
  type StatisticsQuery,
} from "@byot/storage";
import type { MemoryWorkspaceLog } from "./memory-workspace-log.js";
import type { TimeOrderedLog } from "./time-ordered-log.js";

const mostDenyingRules = 10;

/** Counts what a workspace recorded within a span of time. */
export function memoryStatistics(
  log: MemoryWorkspaceLog | undefined,
  query: StatisticsQuery,
): DecisionStatistics {
  bucketCount(query);
  const decisions = within(log?.decisions, query, ({ decision }) => decision.at).map(
    ({ decision }) => decision,
  );
  const refusals = within(log?.refusals, query, ({ at }) => at);
  return statisticsOf(query, {
    decisions: decisions.map((decision) => countOf(decision, query)),
    refusals: sumByBucket(
      refusals.map(({ at, count }) => ({ bucket: bucketOf(at, query), count })),
    ),
    denyingRules: denyingRules(decisions),
  });
}

function within<Entry>(
  log: TimeOrderedLog<Entry> | undefined,
  { from, until }: StatisticsQuery,
  timeOf: (entry: Entry) => Date,
): readonly Entry[] {
  return [...(log?.backwards({ at: until, id: "" }) ?? [])].filter(
    (entry) => timeOf(entry).getTime() >= from.getTime(),
  );
}

function bucketOf(at: Date, { from, bucketMillis }: StatisticsQuery): number {
  return Math.floor((at.getTime() - from.getTime()) / bucketMillis);
}

function countOf(decision: ImpersonalDecision, query: StatisticsQuery): DecisionCount {
  return {
    bucket: bucketOf(decision.at, query),
    decision: decision.decision,
    reason: decision.reason,
    durationBound: durationBoundOf(decision.durationMicros),
    count: 1,
  };
}

function durationBoundOf(micros: number): number {
  const bound = durationClassBounds.find((upper) => micros <= upper);
  return bound ?? durationClassBounds.at(-1) ?? micros;
}

function sumByBucket(
  counts: readonly { readonly bucket: number; readonly count: number }[],
): readonly { readonly bucket: number; readonly count: number }[] {
  const sums = new Map<number, number>();
  for (const { bucket, count } of counts) {
    sums.set(bucket, (sums.get(bucket) ?? 0) + count);
  }
  return [...sums].map(([bucket, count]) => ({ bucket, count }));
}

function denyingRules(decisions: readonly ImpersonalDecision[]): readonly RuleCount[] {
  const counts = new Map<string, RuleCount>();
  for (const decision of decisions.filter((each) => each.decision === "Deny")) {
    for (const [key, rule] of rulesOf(decision)) {
      counts.set(key, { ...rule, count: (counts.get(key)?.count ?? 0) + 1 });
    }
  }
  return [...counts.values()].toSorted(mostFrequentFirst).slice(0, mostDenyingRules);
}

/** Each rule once, however many permissions attach its policy. */
function rulesOf({
  determining,
}: ImpersonalDecision): ReadonlyMap<string, Omit<RuleCount, "count">> {
  return new Map(
    determining.map(({ policyId, ruleId }) => [
      JSON.stringify([policyId, ruleId]),
      { policyId, ...(ruleId === null ? {} : { ruleId }) },
    ]),
  );
}

function mostFrequentFirst(left: RuleCount, right: RuleCount): number {
  return (
    right.count - left.count ||
    compareKeys(left.policyId, right.policyId) ||
    compareKeys(left.ruleId ?? "", right.ruleId ?? "")
  );
}
