import * as fc from "fast-check";
import { expect, test } from "vitest";
import { IntervalTree } from "../src/evaluation/interval-tree.js";

const whole = fc.integer({ min: -5, max: 5 });
const bound = fc.oneof(whole, whole.map(BigInt), fc.constant(10n ** 20n));
const low = fc.oneof(bound, fc.constant(Number.NEGATIVE_INFINITY));
const high = fc.oneof(bound, fc.constant(Number.POSITIVE_INFINITY));

test("a tree finds the intervals around a point, both ends included, numbers and bigints alike", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(low, high), { maxLength: 12 }), bound, (pairs, point) => {
      const intervals = pairs.map(([from, to], value) => ({ low: from, high: to, value }));
      const around = intervals.filter((each) => each.low <= point && point <= each.high);

      const found = new IntervalTree(intervals).containing(point);

      expect(found.toSorted((a, b) => a - b)).toEqual(around.map(({ value }) => value));
    }),
    { numRuns: 1_000 },
  );
});
