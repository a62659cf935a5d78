import { type Instant, secondsOf } from "../values/instant.js";
import { failed, read, type ValueReader } from "../values/reading.js";
import { scalarTypes } from "../values/scalar-types.js";
import { type OpeningHours, parseWindow } from "../values/schedule.js";
import { isWeekday, type Weekday } from "../values/weekday.js";
import { example } from "./example-values.js";
import { comparison, type LeafFunction } from "./leaf-function.js";
import { localWeekdayReader, zonedTimeReader } from "./local-clock.js";
import { type Range, rangeReader, readElements } from "./operand-readers.js";
import { currentTimeAttribute } from "./standard-attributes.js";

const weekdayReader: ValueReader<Weekday> = {
  name: "weekday",
  read: (raw) => (isWeekday(raw) ? read(raw) : failed(raw)),
};

const windowReader: ValueReader<OpeningHours> = {
  name: "window",
  read(raw) {
    const window = parseWindow(raw);
    return window === undefined ? failed(raw) : read(window);
  },
};

/** Functions on the clocks and calendars of a place. */
export const calendarFunctions: readonly LeafFunction[] = [
  comparison<number, Range<number>>({
    name: "time_in_range",
    shape: "moment",
    aliases: [],
    attributeType: "time",
    valueType: "time_range",
    attribute: zonedTimeReader,
    literal: rangeReader(scalarTypes.time),
    holds: (actual, [from, to]) =>
      from <= to ? actual >= from && actual <= to : actual >= from || actual <= to,
    summary:
      "True when clocks in the time zone show a time from the first to the second, both included; past midnight when the second is earlier.",
    example: example(
      {
        function: "time_in_range",
        attribute: currentTimeAttribute,
        time_zone: "Europe/Berlin",
        value: ["22:00", "06:00"],
      },
      "2026-07-01T21:30:00Z",
      "2026-07-01T04:30:00Z",
    ),
  }),
  comparison<Weekday, ReadonlySet<Weekday>>({
    name: "day_of_week_in",
    shape: "moment",
    aliases: [],
    attributeType: "datetime",
    valueType: "weekday_list",
    attribute: localWeekdayReader,
    literal: {
      name: "weekday_list",
      read(raw) {
        const days = Array.isArray(raw) ? readElements(raw, weekdayReader) : failed(raw);
        return days.state === "read" ? read(new Set(days.value)) : days;
      },
    },
    holds: (actual, expected) => expected.has(actual),
    summary: "True when calendars in the time zone show one of the days.",
    example: example(
      {
        function: "day_of_week_in",
        attribute: currentTimeAttribute,
        time_zone: "Asia/Tokyo",
        value: ["saturday", "sunday"],
      },
      "2026-03-06T15:00:00Z",
      "2026-03-06T14:59:59Z",
    ),
  }),
  comparison<Instant, readonly OpeningHours[]>({
    name: "schedule_match",
    shape: "moment",
    aliases: [],
    attributeType: "datetime",
    valueType: "schedule",
    attribute: scalarTypes.datetime,
    literal: {
      name: "schedule",
      read: (raw) => (Array.isArray(raw) ? readElements(raw, windowReader) : failed(raw)),
    },
    holds: (actual, windows) => windows.some((isOpen) => isOpen(secondsOf(actual))),
    summary:
      "True when one of the windows is open; a window past midnight belongs to the day on which it starts.",
    example: example(
      {
        function: "schedule_match",
        attribute: currentTimeAttribute,
        value: [
          {
            days: ["monday", "tuesday", "wednesday", "thursday", "friday"],
            from: "09:00",
            to: "17:30",
            time_zone: "America/New_York",
            holidays: ["2026-07-03"],
          },
        ],
      },
      "2026-07-02T13:00:00Z",
      "2026-07-03T13:00:00Z",
    ),
  }),
];
