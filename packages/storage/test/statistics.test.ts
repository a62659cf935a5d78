import { bucketCount, statisticsOf, type StatisticsQuery } from "@byot/storage";
import { describe, expect, test } from "vitest";

const hour = 3_600_000;
const query: StatisticsQuery = {
  from: new Date("2026-03-02T09:00:00Z"),
  until: new Date("2026-03-02T11:00:00Z"),
  bucketMillis: hour,
};

describe("a span of statistics", () => {
  test("has as many buckets as fit", () => {
    expect(bucketCount(query)).toBe(2);
  });

  test.each<[string, Partial<StatisticsQuery>]>([
    ["that ends where it starts", { until: query.from }],
    ["that ends before it starts", { until: new Date("2026-03-02T08:00:00Z") }],
    ["with a part of a bucket", { bucketMillis: 5_000_000 }],
    ["with more than a thousand buckets", { bucketMillis: 7100 }],
    ["with buckets of no length", { bucketMillis: 0 }],
    ["with buckets of less than a millisecond", { bucketMillis: 0.5 }],
    ["from no time", { from: new Date(Number.NaN) }],
  ])("%s is a mistake of the caller", (_title, more) => {
    expect(() => bucketCount({ ...query, ...more })).toThrow(TypeError);
  });

  test("has at most a thousand buckets", () => {
    expect(bucketCount({ ...query, bucketMillis: 7200 })).toBe(1000);
  });
});

describe("statistics", () => {
  test("of nothing are empty buckets, without durations", () => {
    expect(statisticsOf(query, { decisions: [], refusals: [], denyingRules: [] })).toEqual({
      buckets: [
        { at: new Date("2026-03-02T09:00:00Z"), allowed: 0, denied: 0, refused: 0 },
        { at: new Date("2026-03-02T10:00:00Z"), allowed: 0, denied: 0, refused: 0 },
      ],
      reasons: [],
      denyingRules: [],
    });
  });

  test("sum what is counted apart", () => {
    const denied = { bucket: 1, decision: "Deny", reason: "rule", durationBound: 50 } as const;
    const allowed = { bucket: 1, decision: "Allow", reason: "rule", durationBound: 20 } as const;
    const denyingRules = [{ policyId: "premium", ruleId: "free", count: 3 }];

    const statistics = statisticsOf(query, {
      decisions: [
        { ...denied, count: 2 },
        { ...denied, reason: "no_permission", durationBound: 200, count: 1 },
        { ...allowed, count: 98 },
      ],
      refusals: [{ bucket: 0, count: 12 }],
      denyingRules,
    });

    expect(statistics).toEqual({
      buckets: [
        { at: new Date("2026-03-02T09:00:00Z"), allowed: 0, denied: 0, refused: 12 },
        {
          at: new Date("2026-03-02T10:00:00Z"),
          allowed: 98,
          denied: 3,
          refused: 0,
          p50Micros: 20,
          p99Micros: 50,
        },
      ],
      reasons: [
        { reason: "rule", count: 100 },
        { reason: "no_permission", count: 1 },
      ],
      denyingRules,
    });
  });
});
