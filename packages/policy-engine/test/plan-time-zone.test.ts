import { compilePolicies, type LeafCondition } from "@byot/policy-engine";
import { describe, expect, test } from "vitest";
import { policy, requestOf } from "./support/decide.js";

/** Whether a condition holds where the clocks of Berlin count unless it says otherwise. */
function holdsInBerlin(condition: LeafCondition, given: Readonly<Record<string, unknown>>) {
  const document = policy([{ rule_id: "rule", effect: "Allow", conditions: [condition] }], "Deny");
  const plan = compilePolicies(
    [{ resource: "*", actions: ["*"], priority: 0, policyId: "policy" }],
    [{ id: "policy", version: 1, document }],
    { timeZone: "Europe/Berlin" },
  );
  return plan.decide(requestOf(given)).allowed;
}

const lateOnTuesday = { current_time: "2026-01-13T23:30:00Z" };

describe("the time zone of a plan", () => {
  test.each<[string, LeafCondition, boolean]>([
    [
      "times of day",
      { function: "time_in_range", attribute: "current_time", value: ["00:30", "00:30"] },
      true,
    ],
    ["dates", { function: "date_equal", attribute: "current_time", value: "2026-01-14" }, true],
    [
      "days of the week",
      { function: "day_of_week_in", attribute: "current_time", value: ["wednesday"] },
      true,
    ],
    [
      "windows of a schedule",
      {
        function: "schedule_match",
        attribute: "current_time",
        value: [{ days: ["wednesday"], from: "00:00", to: "01:00" }],
      },
      true,
    ],
    [
      "no condition that names its own",
      {
        function: "time_in_range",
        attribute: "current_time",
        value: ["00:30", "00:30"],
        time_zone: "UTC",
      },
      false,
    ],
    [
      "no window that names its own",
      {
        function: "schedule_match",
        attribute: "current_time",
        value: [{ from: "00:00", to: "01:00", time_zone: "UTC" }],
      },
      false,
    ],
  ])("counts in %s", (_, condition, holds) => {
    expect(holdsInBerlin(condition, lateOnTuesday)).toBe(holds);
  });

  test("counts where the current time is the other operand", () => {
    const condition: LeafCondition = {
      function: "date_equal",
      attribute: "ext_birthday",
      value_from: { attribute: "current_time" },
    };

    expect(holdsInBerlin(condition, { ...lateOnTuesday, ext_birthday: "2026-01-14" })).toBe(true);
  });

  test("does not make a time of day of another attribute's date-time", () => {
    const condition: LeafCondition = {
      function: "time_in_range",
      attribute: "ext_shift",
      value: ["00:00", "23:59"],
    };

    expect(holdsInBerlin(condition, { ext_shift: "2026-01-13T12:00:00Z" })).toBe(false);
    expect(holdsInBerlin(condition, { ext_shift: "12:00" })).toBe(true);
  });

  test("has to be one that the runtime knows", () => {
    expect(() => compilePolicies([], [], { timeZone: "Mars/Olympus" })).toThrow(
      new TypeError("unknown time zone `Mars/Olympus`"),
    );
  });
});
