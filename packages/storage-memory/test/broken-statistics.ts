import {
  statisticsOf,
  type DecisionStatistics,
  type RuleCount,
  type StatisticsBucket,
  type StatisticsQuery,
  type Storage,
} from "@byot/storage";
import { withLog, type BrokenPromise } from "./broken-promise.js";

const fromTo =
  "a bucket counts what was allowed, denied and refused from its start to before its end";
const ranking = "the rules and defaults that denials rest on are counted, the most frequent first";

/** Ways to break what is promised of statistics. */
export const brokenStatistics: readonly BrokenPromise[] = [
  answering(
    "leaves empty buckets out",
    "a log without records has every bucket, empty",
    (answer) => ({
      ...answer,
      buckets: answer.buckets.filter(({ p50Micros }) => p50Micros !== undefined),
    }),
  ),
  shifting("counts a bucket from after its start to its end", fromTo, () => 1),
  shifting(
    "starts buckets where the clock is round",
    "a span may begin at any millisecond, before 1970 too, and have a thousand buckets",
    ({ from, bucketMillis }) => -(from.getTime() % bucketMillis) - bucketMillis,
  ),
  changingBuckets("mixes up answers", fromTo, ({ allowed, denied, ...bucket }) => ({
    ...bucket,
    allowed: denied,
    denied: allowed,
  })),
  changingBuckets(
    "counts a refusal once, whatever it stands for",
    "a refusal that stands for many counts as many",
    (bucket) => ({ ...bucket, refused: Math.min(bucket.refused, 2) }),
  ),
  changingBuckets(
    "answers the longest duration for every percentile",
    "percentiles are the bounds of the classes in which durations are counted",
    ({ p50Micros: _, ...bucket }) => ({
      ...bucket,
      ...(bucket.p99Micros === undefined ? {} : { p50Micros: bucket.p99Micros }),
    }),
  ),
  changingBuckets(
    "has no class for what takes longest",
    "what is longer than the last class counts as its bound",
    ({ p50Micros, ...bucket }) => ({
      ...bucket,
      ...(p50Micros === undefined || p50Micros === 10_000_000 ? {} : { p50Micros }),
    }),
  ),
  answering(
    "answers the rarest reason first",
    "reasons are counted over the whole span, the most frequent first",
    (answer) => ({ ...answer, reasons: answer.reasons.toReversed() }),
  ),
  answering("does not count the defaults of policies", ranking, (answer) => ({
    ...answer,
    denyingRules: answer.denyingRules.filter(({ ruleId }) => ruleId !== undefined),
  })),
  answering("counts rules of one id together", ranking, (answer) => ({
    ...answer,
    denyingRules: answer.denyingRules.filter(({ policyId }) => policyId === "premium"),
  })),
  answering(
    "answers rules of one frequency in any order",
    "denying rules of one frequency are ordered by policy, then by rule, the default first",
    (answer) => ({
      ...answer,
      denyingRules: answer.denyingRules
        .toReversed()
        .toSorted((left, right) => right.count - left.count),
    }),
  ),
  {
    does: "counts a rule each time that a denial rests on it",
    caughtBy: "a denial counts once for a rule, however often it rests on it",
    breakIt: (storage) => recounting(storage, ({ determining }) => determining),
  },
  {
    does: "answers every denying rule",
    caughtBy: "no more than ten denying rules are answered",
    breakIt: (storage) => recounting(storage, ({ determining }) => determining.slice(0, 1)),
  },
  {
    does: "does not count what was erased",
    caughtBy: "what was erased still counts, and what was dropped does not",
    breakIt: (storage) =>
      withStatistics(storage, async (workspaceId, query) => {
        const answer = await storage.decisionLog.statistics(workspaceId, query);
        const { erased } = await storage.decisionLog.verify(workspaceId);
        return erased === 0 ? answer : { ...answer, reasons: [] };
      }),
  },
  ...[
    "a span that is not 1 to 1,000 whole buckets is a `TypeError`",
    "a bucket that is not a whole number of milliseconds from 1 is a `TypeError`",
  ].map((caughtBy) => ({
    does: "takes any span and any bucket",
    caughtBy,
    breakIt: (storage: Storage) =>
      withStatistics(storage, (workspaceId, query) =>
        storage.decisionLog
          .statistics(workspaceId, query)
          .catch(() => ({ buckets: [], reasons: [], denyingRules: [] })),
      ),
  })),
];

type Statistics = Storage["decisionLog"]["statistics"];

function withStatistics(storage: Storage, statistics: Statistics): Storage {
  return withLog(storage, () => ({ statistics }));
}

function answering(
  does: string,
  caughtBy: string,
  change: (answer: DecisionStatistics) => DecisionStatistics,
): BrokenPromise {
  return {
    does,
    caughtBy,
    breakIt: (storage) =>
      withStatistics(storage, async (workspaceId, query) =>
        change(await storage.decisionLog.statistics(workspaceId, query)),
      ),
  };
}

function changingBuckets(
  does: string,
  caughtBy: string,
  change: (bucket: StatisticsBucket) => StatisticsBucket,
): BrokenPromise {
  return answering(does, caughtBy, (answer) => ({
    ...answer,
    buckets: answer.buckets.map(change),
  }));
}

/** Counts buckets that begin elsewhere than they say. */
function shifting(
  does: string,
  caughtBy: string,
  by: (query: StatisticsQuery) => number,
): BrokenPromise {
  return {
    does,
    caughtBy,
    breakIt: (storage) =>
      withStatistics(storage, async (workspaceId, query) => {
        const millis = by(query);
        const { buckets, ...answer } = await storage.decisionLog.statistics(workspaceId, {
          ...query,
          from: new Date(query.from.getTime() + millis),
          until: new Date(query.until.getTime() + millis),
        });
        return {
          ...answer,
          buckets: buckets.map((bucket) => ({
            ...bucket,
            at: new Date(bucket.at.getTime() - millis),
          })),
        };
      }),
  };
}

type Determining = readonly { readonly policyId: string; readonly ruleId: string | null }[];

/** Counts denying rules anew, as those that a record is said to rest on. */
function recounting(
  storage: Storage,
  rulesOf: (record: { readonly determining: Determining }) => Determining,
): Storage {
  return withStatistics(storage, async (workspaceId, query) => {
    const { items } = await storage.decisionLog.list(workspaceId, { limit: 200 });
    const counts = new Map<string, RuleCount>();
    for (const { policyId, ruleId } of items.flatMap(rulesOf)) {
      const key = JSON.stringify([policyId, ruleId]);
      const count = (counts.get(key)?.count ?? 0) + 1;
      counts.set(key, { policyId, ...(ruleId === null ? {} : { ruleId }), count });
    }
    const denyingRules = [...counts.values()].toSorted((left, right) => right.count - left.count);
    return statisticsOf(query, { decisions: [], refusals: [], denyingRules });
  });
}
