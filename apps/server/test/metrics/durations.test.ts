import { expect, test } from "vitest";
import { durationBounds, Durations } from "../../src/metrics/durations.js";

test("counts each duration under every bound that it stayed within", () => {
  const durations = new Durations();

  durations.add(0.04);
  durations.add(3);
  durations.add(3.5);
  durations.add(60_000);

  const { upTo, count, seconds } = durations.counts();
  const byBound = Object.fromEntries(durationBounds.map((bound, place) => [bound, upTo[place]]));
  expect(byBound).toMatchObject({ "0.00005": 1, "0.001": 1, "0.0025": 1, "0.005": 3, "2.5": 3 });
  expect(count).toBe(4);
  expect(seconds).toBeCloseTo(60.00654);
});

test("counts a duration that is exactly a bound as within it", () => {
  const durations = new Durations();

  durations.add(1000);

  const { upTo } = durations.counts();
  expect(upTo[durationBounds.indexOf(0.5)]).toBe(0);
  expect(upTo[durationBounds.indexOf(1)]).toBe(1);
});
