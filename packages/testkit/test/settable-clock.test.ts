import { describe, expect, test } from "vitest";
import { createSettableClock } from "@byot/testkit";

const start = "2026-01-15T10:00:00.000Z";

describe("createSettableClock", () => {
  test("stands still until it is moved", () => {
    const { now } = createSettableClock(start);

    expect(now().toISOString()).toBe(start);
    expect(now().toISOString()).toBe(start);
  });

  test("advances by seconds, fractions and steps back included", () => {
    const clock = createSettableClock(new Date(start));

    clock.advanceSeconds(90.5);
    expect(clock.now().toISOString()).toBe("2026-01-15T10:01:30.500Z");
    clock.advanceSeconds(-3600);
    expect(clock.now().toISOString()).toBe("2026-01-15T09:01:30.500Z");
  });

  test("is set to another time", () => {
    const clock = createSettableClock(start);

    clock.set("2027-06-01T00:00:00Z");

    expect(clock.now()).toEqual(new Date("2027-06-01T00:00:00Z"));
  });

  test("is not moved by changing a date it gave or was given", () => {
    const given = new Date(start);
    const clock = createSettableClock(given);

    given.setFullYear(1999);
    clock.now().setFullYear(1999);

    expect(clock.now().toISOString()).toBe(start);
  });

  test("refuses what is not a date", () => {
    expect(() => createSettableClock("yesterday")).toThrow(
      new TypeError("`yesterday` is not a date"),
    );
    expect(() => createSettableClock(start).set("soon")).toThrow(TypeError);
    expect(() => createSettableClock(start).advanceSeconds(Number.NaN)).toThrow(TypeError);
  });
});
