import type { LeafCondition, ScheduleWindow } from "@byot/policy-engine";
import { describe, expect, test } from "vitest";
import { truthOf } from "./support/decide.js";

function at(time: string, condition: Omit<LeafCondition, "attribute">) {
  return truthOf({ attribute: "current_time", ...condition }, { current_time: time });
}

describe("time_in_range", () => {
  test.each<[string, string, [string, string], string | undefined, "T" | "F"]>([
    ["at the first second", "2026-01-15T09:00:00Z", ["09:00", "17:00"], undefined, "T"],
    ["within the last second", "2026-01-15T17:00:00.999Z", ["09:00", "17:00"], undefined, "T"],
    ["after it", "2026-01-15T17:00:01Z", ["09:00", "17:00"], undefined, "F"],
    ["before midnight", "2026-01-15T23:00:00Z", ["22:00", "06:00"], undefined, "T"],
    ["after midnight", "2026-01-15T06:00:00Z", ["22:00", "06:00"], undefined, "T"],
    ["by day", "2026-01-15T12:00:00Z", ["22:00", "06:00"], undefined, "F"],
    ["in summer time", "2026-07-01T07:30:00Z", ["09:00", "17:00"], "Europe/Berlin", "T"],
    ["in winter time", "2026-01-15T07:30:00Z", ["09:00", "17:00"], "Europe/Berlin", "F"],
    // Berlin, 29 March 2026: 01:59:59 +01:00 is followed by 03:00:00 +02:00.
    [
      "before clocks go forward",
      "2026-03-29T00:59:59Z",
      ["02:00", "02:59:59"],
      "Europe/Berlin",
      "F",
    ],
    ["when they have", "2026-03-29T01:00:00Z", ["03:00", "03:00"], "Europe/Berlin", "T"],
    // New York, 1 November 2026: 01:30 comes twice.
    ["the first 01:30", "2026-11-01T05:30:00Z", ["01:30", "01:30"], "America/New_York", "T"],
    ["the second 01:30", "2026-11-01T06:30:00Z", ["01:30", "01:30"], "America/New_York", "T"],
    ["a quarter of an hour", "2026-01-15T00:00:00Z", ["05:45", "05:45"], "Asia/Kathmandu", "T"],
    [
      "half an hour of summer",
      "2026-01-15T00:00:00Z",
      ["11:00", "11:00"],
      "Australia/Lord_Howe",
      "T",
    ],
  ])("%s", (...[, time, value, zone, truth]) => {
    const option = zone === undefined ? {} : { time_zone: zone };

    expect(at(time, { function: "time_in_range", value, ...option })).toBe(truth);
  });

  test("asks an attribute of the type time as it is", () => {
    const condition: LeafCondition = {
      function: "time_in_range",
      attribute: "ext_shift",
      value: ["09:00", "17:00"],
    };

    expect(truthOf(condition, { ext_shift: "09:30" })).toBe("T");
    expect(truthOf(condition, { ext_shift: "2026-01-15T09:30:00Z" })).toBe("E");
    expect(truthOf({ ...condition, time_zone: "UTC" }, { ext_shift: "2026-01-15T09:30:00Z" })).toBe(
      "T",
    );
  });
});

describe("day_of_week_in", () => {
  test.each<[string, string, string, string]>([
    ["monday", "2026-03-02T00:00:00Z", "UTC", "T"],
    ["sunday", "2026-03-02T00:00:00Z", "America/New_York", "T"],
    ["thursday", "1970-01-01T00:00:00Z", "UTC", "T"],
    ["wednesday", "1969-12-31T23:59:59Z", "UTC", "T"],
    ["thursday", "2024-02-29T12:00:00Z", "UTC", "T"],
    ["friday", "2026-01-01T10:00:00Z", "Pacific/Kiritimati", "T"],
    ["saturday", "2026-03-02T00:00:00Z", "UTC", "F"],
  ])("%s, %s in %s", (...[day, time, zone, truth]) => {
    expect(at(time, { function: "day_of_week_in", value: [day], time_zone: zone })).toBe(truth);
  });
});

describe("dates and times of the current time", () => {
  test.each<[string, Omit<LeafCondition, "attribute">, string]>([
    ["the date in UTC", { function: "date_equal", value: "2025-12-31" }, "T"],
    [
      "the date in a zone",
      { function: "date_equal", value: "2026-01-01", time_zone: "Asia/Tokyo" },
      "T",
    ],
    [
      "the time in a zone",
      { function: "time_between", value: ["08:59", "09:00"], time_zone: "Asia/Tokyo" },
      "T",
    ],
    ["a list of dates", { function: "date_in", value: ["2025-12-24", "2025-12-31"] }, "T"],
  ])("%s", (_name, condition, truth) => {
    expect(at("2025-12-31T23:59:59Z", condition)).toBe(truth);
  });
});

describe("schedule_match", () => {
  const office: ScheduleWindow = {
    days: ["monday", "tuesday", "wednesday", "thursday", "friday"],
    from: "09:00",
    to: "17:00",
    time_zone: "Europe/Berlin",
    holidays: ["2026-05-01"],
  };
  const nights: ScheduleWindow = { days: ["friday"], from: "22:00", to: "04:00" };

  test.each<[string, ScheduleWindow[], string, "T" | "F"]>([
    ["open", [office], "2026-04-30T07:00:00Z", "T"],
    ["closed in the evening", [office], "2026-04-30T15:00:01Z", "F"],
    ["closed on a holiday", [office], "2026-05-01T07:00:00Z", "F"],
    ["closed on Saturday", [office], "2026-05-02T07:00:00Z", "F"],
    ["a night from Friday, on Friday", [nights], "2026-05-01T22:00:00Z", "T"],
    ["a night from Friday, on Saturday", [nights], "2026-05-02T04:00:00Z", "T"],
    ["a night that starts on Saturday", [nights], "2026-05-02T22:00:00Z", "F"],
    ["the end of a night from Thursday", [nights], "2026-05-01T04:00:00Z", "F"],
    [
      "the end of a night whose first day was a holiday",
      [{ ...nights, holidays: ["2026-05-01"] }],
      "2026-05-02T03:00:00Z",
      "F",
    ],
    [
      "the end of a night on a holiday",
      [{ ...nights, holidays: ["2026-05-02"] }],
      "2026-05-02T03:00:00Z",
      "T",
    ],
    ["a year's end", [{ from: "23:00", to: "01:00" }], "2026-01-01T00:30:00Z", "T"],
    ["any of two", [nights, office], "2026-04-30T07:00:00Z", "T"],
    ["none at all", [], "2026-04-30T07:00:00Z", "F"],
    ["never", [{ days: [], from: "00:00", to: "23:59:59" }], "2026-04-30T07:00:00Z", "F"],
  ])("%s", (...[, value, time, truth]) => {
    expect(at(time, { function: "schedule_match", value })).toBe(truth);
  });
});
