import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { createIds } from "../../src/process/create-ids.js";

const morning = Date.parse("2026-03-02T09:00:00.000Z");
const version7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("are UUIDs of version 7 that begin with the time", () => {
  const createId = createIds({ now: () => morning, randomBytes });

  const id = createId();

  expect(id).toMatch(version7);
  expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(morning);
});

test("are greater one after the other, in one millisecond and when the clock is set back", () => {
  let now = morning;
  const createId = createIds({ now: () => now, randomBytes });

  const ids = Array.from({ length: 5000 }, (_, index) => {
    now = index === 2500 ? morning - 1000 : now;
    return createId();
  });

  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids)).toHaveLength(5000);
  expect(ids.every((id) => version7.test(id))).toBe(true);
});

test("begin anew at a random number in each millisecond", () => {
  let now = morning;
  const createId = createIds({ now: () => (now += 1), randomBytes });

  const counts = Array.from({ length: 100 }, () => createId().slice(15, 23));

  expect(new Set(counts).size).toBeGreaterThan(90);
});

test("share no randomness, however many there are", () => {
  const createId = createIds({ now: () => morning, randomBytes });

  const nodes = Array.from({ length: 2000 }, () => createId().slice(24));

  expect(new Set(nodes)).toHaveLength(2000);
});
