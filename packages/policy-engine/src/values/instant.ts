import { parseDate } from "./civil-date.js";
import { failed, read, readText, type Reading } from "./reading.js";
import { parseTime } from "./time-of-day.js";

/** Nanoseconds since 1970-01-01T00:00:00Z, without leap seconds. */
export type Instant = bigint;

/** Nanoseconds in a second. */
export const nanosecondsPerSecond = 1_000_000_000n;

/** Seconds in a day. */
export const secondsPerDay = 86_400;

// RFC 3339 section 5.6; the letters may be lower case. More than nine digits of a fraction would be cut.
const instantPattern =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]{1,9}))?(?:[Zz]|([+-])([0-9]{2}:[0-9]{2}))$/;

// The last second of the year 9999, the first of the year 0: what RFC 3339 can write.
const latestSecond = 253_402_300_799;
const earliestSecond = -62_167_219_200;

/** Reads an RFC 3339 date-time, which has `Z` or an offset. A local time without one is no instant. */
export function readInstant(raw: unknown): Reading<Instant> {
  return readText(raw, parseInstant);
}

/** Reads seconds since 1970 (RFC 7519 `NumericDate`), exact to the microsecond. */
export function readNumericDate(raw: unknown): Reading<Instant> {
  if (typeof raw !== "number" || !(raw >= earliestSecond && raw <= latestSecond)) {
    return failed(raw);
  }
  const whole = Math.floor(raw);
  const microseconds = Math.round((raw - whole) * 1_000_000);
  return read(BigInt(whole) * nanosecondsPerSecond + BigInt(microseconds) * 1_000n);
}

/** The whole seconds since 1970 of an instant, rounded down. */
export function secondsOf(instant: Instant): number {
  const seconds = instant / nanosecondsPerSecond;
  return Number(instant < 0n && instant % nanosecondsPerSecond !== 0n ? seconds - 1n : seconds);
}

function parseInstant(text: string): Instant | undefined {
  const [, date = "", time = "", fraction = "", sign, shift = "00:00"] =
    instantPattern.exec(text) ?? [];
  const days = parseDate(date);
  const seconds = parseTime(time);
  const offset = parseTime(shift);
  if (days === undefined || seconds === undefined || offset === undefined) {
    return undefined;
  }
  const local = days * secondsPerDay + seconds;
  const whole = sign === "-" ? local + offset : local - offset;
  return BigInt(whole) * nanosecondsPerSecond + BigInt(fraction.padEnd(9, "0"));
}
