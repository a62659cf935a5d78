import { durationClassBounds, statisticsOf, type DecisionCount } from "@byot/storage";
import * as fc from "fast-check";
import { expect, test } from "vitest";

const buckets = 3;
const query = { from: new Date(0), until: new Date(buckets * 10), bucketMillis: 10 };

const decisions = fc.array(
  fc.record({
    bucket: fc.nat(buckets - 1),
    decision: fc.constantFrom("Allow", "Deny"),
    reason: fc.constantFrom("rule", "default", "no_permission"),
    durationBound: fc.constantFrom(...durationClassBounds),
    count: fc.integer({ min: 1, max: 5 }),
  }),
  { maxLength: 30 },
);

/** One bound for each decision, in order. */
function boundsOf(counts: readonly DecisionCount[]): readonly number[] {
  return counts
    .flatMap(({ durationBound, count }) => Array.from({ length: count }, () => durationBound))
    .toSorted((left, right) => left - right);
}

function percentile(bounds: readonly number[], share: number): number | undefined {
  return bounds[Math.ceil(bounds.length * share) - 1];
}

test("statistics are those of a naive count", () => {
  fc.assert(
    fc.property(decisions, (counts) => {
      const statistics = statisticsOf(query, { decisions: counts, refusals: [], denyingRules: [] });

      statistics.buckets.forEach((bucket, number) => {
        const inBucket = counts.filter((count) => count.bucket === number);
        const bounds = boundsOf(inBucket);
        expect(bucket.at).toEqual(new Date(number * 10));
        expect(bucket.allowed).toBe(
          boundsOf(inBucket.filter(({ decision }) => decision === "Allow")).length,
        );
        expect(bucket.allowed + bucket.denied).toBe(bounds.length);
        expect(bucket.p50Micros).toBe(percentile(bounds, 0.5));
        expect(bucket.p99Micros).toBe(percentile(bounds, 0.99));
      });
    }),
  );
});

test("reasons sum to the decisions, the most frequent first", () => {
  fc.assert(
    fc.property(decisions, (counts) => {
      const { reasons } = statisticsOf(query, {
        decisions: counts,
        refusals: [],
        denyingRules: [],
      });

      const frequencies = reasons.map(({ count }) => count);
      expect(frequencies).toEqual(frequencies.toSorted((left, right) => right - left));
      for (const { reason, count } of reasons) {
        expect(count).toBe(boundsOf(counts.filter((each) => each.reason === reason)).length);
      }
      expect(frequencies.reduce((sum, count) => sum + count, 0)).toBe(boundsOf(counts).length);
    }),
  );
});
