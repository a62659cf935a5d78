import { parseDate } from "./civil-date.js";
import { secondsPerDay } from "./instant.js";
import { maximumSetSize } from "./reading.js";
import { parseTime } from "./time-of-day.js";
import { findTimeZone, type TimeZone } from "./time-zone.js";
import { type Weekday, isWeekday, weekdayOf, weekdays } from "./weekday.js";

/** Answers whether a window is open at an instant, given as seconds since 1970. */
export type OpeningHours = (seconds: number) => boolean;

/** A window as it was read: `undefined` where a part is not what it should be. */
interface WindowParts {
  readonly days: ReadonlySet<Weekday> | undefined;
  readonly holidays: ReadonlySet<number> | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly zone: Pick<TimeZone, "toLocal"> | undefined;
}

type Complete<T> = { readonly [Key in keyof T]: Exclude<T[Key], undefined> };

const properties = new Set(["days", "from", "to", "time_zone", "holidays"]);
const utc: TimeZone = { toLocal: (seconds) => seconds };

/**
 * Reads one window of a weekly schedule; `undefined` when it is none. A window that ends before it starts
 * lasts past midnight and belongs to the day on which it starts, also for its holidays.
 */
export function parseWindow(raw: unknown): OpeningHours | undefined {
  if (!isRecord(raw) || !Object.keys(raw).every((key) => properties.has(key))) {
    return undefined;
  }
  const parts = readParts(raw);
  return isComplete(parts) ? openingHours(parts) : undefined;
}

function openingHours({ days, holidays, from, to, zone }: Complete<WindowParts>): OpeningHours {
  const opensOn = (day: number): boolean => days.has(weekdayOf(day)) && !holidays.has(day);
  return (seconds) => {
    const local = zone.toLocal(seconds);
    const day = Math.floor(local / secondsPerDay);
    const time = local - day * secondsPerDay;
    return from <= to
      ? time >= from && time <= to && opensOn(day)
      : (time >= from && opensOn(day)) || (time <= to && opensOn(day - 1));
  };
}

function readParts(raw: Readonly<Record<string, unknown>>): WindowParts {
  const { days = weekdays, holidays = [], from, to, time_zone: zone } = raw;
  return {
    days: readSet(days, (text) => (isWeekday(text) ? text : undefined)),
    holidays: readSet(holidays, parseDate),
    from: typeof from === "string" ? parseTime(from) : undefined,
    to: typeof to === "string" ? parseTime(to) : undefined,
    zone: readZone(zone),
  };
}

function readZone(name: unknown): TimeZone | undefined {
  if (name === undefined) {
    return utc;
  }
  return typeof name === "string" ? findTimeZone(name) : undefined;
}

function readSet<T>(
  raw: unknown,
  parse: (text: string) => T | undefined,
): ReadonlySet<T> | undefined {
  if (!Array.isArray(raw) || raw.length > maximumSetSize) {
    return undefined;
  }
  const elements = raw.map((text: unknown) => (typeof text === "string" ? parse(text) : undefined));
  const known = elements.filter(
    (element): element is NonNullable<typeof element> => element !== undefined,
  );
  return known.length === elements.length ? new Set(known) : undefined;
}

function isComplete(parts: WindowParts): parts is Complete<WindowParts> {
  return Object.values(parts).every((part: unknown) => part !== undefined);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
