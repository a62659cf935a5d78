import type { DecisionStatistics, Storage } from "@byot/storage";
import { expect } from "vitest";
import { expectTypeError } from "../assertions/expect-refusal.js";
import {
  decisionRecord,
  numbers,
  recordTime,
  refusalRecord,
} from "../samples/sample-log-records.js";
import { denied, span } from "../samples/sample-statistics.js";
import { casesOf, type CaseTable, type StorageCase } from "../storage-case.js";
import { statisticsCountCases } from "./statistics-count-cases.js";

const bucketCases: CaseTable = {
  "a log without records has every bucket, empty": async ({ storage }) => {
    await storage.decisionLog.append([decisionRecord(5, { workspaceId: "globex" })]);
    await storage.decisionLog.appendRefusals([refusalRecord(5, { workspaceId: "globex" })]);
    expect(await storage.decisionLog.statistics("acme", span)).toStrictEqual({
      buckets: [0, 10, 20, 30].map((millis) => emptyBucket(millis)),
      reasons: [],
      denyingRules: [],
    });
  },
  "a bucket counts what was allowed, denied and refused from its start to before its end": async ({
    storage,
  }) => {
    await storage.decisionLog.append([-1, 0, 9, 10, 39, 40].map((n) => denied(n)));
    await storage.decisionLog.append(
      [1, 2, 19, 20].map((n) => decisionRecord(100 + n, { at: recordTime(n) })),
    );
    await storage.decisionLog.appendRefusals([-1, 0, 29, 39, 40].map((n) => refused(n, 1)));
    const { buckets } = await storage.decisionLog.statistics("acme", span);
    expect(buckets.map(({ at }) => at)).toStrictEqual([0, 10, 20, 30].map((n) => recordTime(n)));
    expect(buckets).toMatchObject([
      { allowed: 2, denied: 2, refused: 1 },
      { allowed: 1, denied: 1, refused: 0 },
      { allowed: 1, denied: 0, refused: 1 },
      { allowed: 0, denied: 1, refused: 1 },
    ]);
  },
  "a refusal that stands for many counts as many": async ({ storage }) => {
    await storage.decisionLog.appendRefusals([refused(1, 5), refused(2, 1), refused(12, 700)]);
    const { buckets } = await storage.decisionLog.statistics("acme", span);
    expect(buckets.map((bucket) => bucket.refused)).toStrictEqual([6, 700, 0, 0]);
  },
  "a span may begin at any millisecond, before 1970 too, and have a thousand buckets": async ({
    storage,
  }) => {
    const from = new Date(-3);
    const until = new Date(-3 + 7 * 1000);
    await storage.decisionLog.append([
      decisionRecord(1, { at: new Date(-3) }),
      decisionRecord(2, { at: new Date(3) }),
      decisionRecord(3, { at: new Date(4) }),
      decisionRecord(4, { at: new Date(until.getTime() - 1) }),
    ]);
    const { buckets } = await storage.decisionLog.statistics("acme", {
      from,
      until,
      bucketMillis: 7,
    });
    expect(buckets).toHaveLength(1000);
    expect(buckets.map(({ allowed }) => allowed)).toStrictEqual([
      2,
      1,
      ...Array.from({ length: 997 }, () => 0),
      1,
    ]);
  },
  "percentiles are the bounds of the classes in which durations are counted": async ({
    storage,
  }) => {
    await appendDurations(storage, 0, [7]);
    await appendDurations(storage, 10, [50, 51, 51]);
    await appendDurations(storage, 20, [...numbers(1, 98).map(() => 400), 9_000, 10_000_001]);
    await appendDurations(storage, 30, [...numbers(1, 98).map(() => 400), 600_000, 700_000]);
    const { buckets } = await storage.decisionLog.statistics("acme", span);
    expect(buckets.map(({ p50Micros, p99Micros }) => [p50Micros, p99Micros])).toStrictEqual([
      [20, 20],
      [100, 100],
      [500, 10_000],
      [500, 1_000_000],
    ]);
  },
  "what is longer than the last class counts as its bound": async ({ storage }) => {
    await appendDurations(storage, 0, [10_000_000]);
    await appendDurations(storage, 10, [10_000_001]);
    await appendDurations(storage, 20, [4_000_000_000]);
    const { buckets } = await storage.decisionLog.statistics("acme", span);
    expect(buckets.slice(0, 3).map(({ p50Micros }) => p50Micros)).toStrictEqual(
      [1, 2, 3].map(() => 10_000_000),
    );
  },
};

const queryCases: CaseTable = {
  "a span that is not 1 to 1,000 whole buckets is a `TypeError`": async ({ storage }) => {
    for (const millis of [0, -10, 5, 15, 10_010, Number.NaN]) {
      const until = recordTime(millis);
      await expectTypeError(storage.decisionLog.statistics("acme", { ...span, until }));
    }
    const from = new Date(Number.NaN);
    await expectTypeError(storage.decisionLog.statistics("acme", { ...span, from }));
  },
  "a bucket that is not a whole number of milliseconds from 1 is a `TypeError`": async ({
    storage,
  }) => {
    for (const bucketMillis of [0, -10, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expectTypeError(storage.decisionLog.statistics("acme", { ...span, bucketMillis }));
    }
  },
};

function emptyBucket(millis: number): DecisionStatistics["buckets"][number] {
  return { at: recordTime(millis), allowed: 0, denied: 0, refused: 0 };
}

function refused(n: number, count: number): ReturnType<typeof refusalRecord> {
  return refusalRecord(2000 + n, { at: recordTime(n), count });
}

/** Appends decisions to the bucket that starts at `millis`, one for each duration. */
async function appendDurations(
  storage: Storage,
  millis: number,
  durations: readonly number[],
): Promise<void> {
  const records = durations.map((durationMicros, index) =>
    decisionRecord(1000 * millis + index, { at: recordTime(millis), durationMicros }),
  );
  await storage.decisionLog.append(records);
}

/** What `DecisionLog.statistics` promises. */
export const statisticsCases: readonly StorageCase[] = casesOf("DecisionLog.statistics", {
  ...bucketCases,
  ...statisticsCountCases,
  ...queryCases,
});
