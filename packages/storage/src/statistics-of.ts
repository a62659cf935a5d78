import type {
  DecisionStatistics,
  RuleCount,
  StatisticsBucket,
  StatisticsQuery,
} from "./decision-statistics.js";

/**
 * The upper bounds of the classes in which durations are counted, in microseconds; what is longer than the last bound
 * counts as that.
 */
export const durationClassBounds: readonly number[] = [
  20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
  1_000_000, 10_000_000,
];

const mostBuckets = 1000;

/** How many decisions of one bucket share an answer, a reason and a class of duration. */
export interface DecisionCount {
  /** The number of the bucket, from 0. */
  readonly bucket: number;
  /** The answer. */
  readonly decision: "Allow" | "Deny";
  /** Why. */
  readonly reason: string;
  /** The least bound of {@link durationClassBounds} that is not below the duration, in microseconds. */
  readonly durationBound: number;
  /** How many. */
  readonly count: number;
}

/** How many tokens were refused in one bucket. */
export interface RefusedCount {
  /** The number of the bucket, from 0. */
  readonly bucket: number;
  /** How many. */
  readonly count: number;
}

/** What an adapter counts for {@link statisticsOf}; what is zero may be absent. */
export interface StatisticsCounts {
  /** The decisions, in any order. */
  readonly decisions: readonly DecisionCount[];
  /** The refused tokens, in any order. */
  readonly refusals: readonly RefusedCount[];
  /** The ten rules and defaults that most denials rest on, the most frequent first. */
  readonly denyingRules: readonly RuleCount[];
}

/**
 * The number of buckets of a query.
 *
 * @throws TypeError when it breaks a rule of {@link StatisticsQuery}.
 */
export function bucketCount({ from, until, bucketMillis }: StatisticsQuery): number {
  const count = (until.getTime() - from.getTime()) / bucketMillis;
  const isWhole = Number.isInteger(count) && Number.isInteger(bucketMillis) && bucketMillis > 0;
  if (!isWhole || count < 1 || count > mostBuckets) {
    throw new TypeError(
      `a span of statistics is made of 1 to ${mostBuckets} whole buckets, each of a whole number of milliseconds`,
    );
  }
  return count;
}

/** Puts counts together. */
export function statisticsOf(query: StatisticsQuery, counts: StatisticsCounts): DecisionStatistics {
  const decisions = groupBy(counts.decisions, ({ bucket }) => bucket);
  const refusals = new Map(counts.refusals.map(({ bucket, count }) => [bucket, count]));
  return {
    buckets: Array.from({ length: bucketCount(query) }, (_, number) => ({
      at: new Date(query.from.getTime() + number * query.bucketMillis),
      ...describeBucket(decisions.get(number) ?? []),
      refused: refusals.get(number) ?? 0,
    })),
    reasons: countReasons(counts.decisions),
    denyingRules: counts.denyingRules,
  };
}

function groupBy<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) {
      groups.set(keyOf(item), [item]);
    } else {
      group.push(item);
    }
  }
  return groups;
}

function describeBucket(
  counts: readonly DecisionCount[],
): Omit<StatisticsBucket, "at" | "refused"> {
  const allowed = total(counts.filter(({ decision }) => decision === "Allow"));
  const all = total(counts);
  if (all === 0) {
    return { allowed: 0, denied: 0 };
  }
  const byDuration = counts.toSorted((a, b) => a.durationBound - b.durationBound);
  return {
    allowed,
    denied: all - allowed,
    p50Micros: durationAt(byDuration, all * 0.5),
    p99Micros: durationAt(byDuration, all * 0.99),
  };
}

function durationAt(byDuration: readonly DecisionCount[], rank: number): number {
  let counted = 0;
  for (const { durationBound, count } of byDuration) {
    counted += count;
    if (counted >= rank) {
      return durationBound;
    }
  }
  return byDuration.at(-1)?.durationBound ?? 0;
}

function countReasons(counts: readonly DecisionCount[]): DecisionStatistics["reasons"] {
  const byReason = groupBy(counts, ({ reason }) => reason);
  return [...byReason]
    .map(([reason, ofReason]) => ({ reason, count: total(ofReason) }))
    .toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

function total(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}
