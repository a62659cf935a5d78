import { toCivilDate } from "./civil-date.js";
import { secondsPerDay } from "./instant.js";

/** The clocks of one place. */
export interface TimeZone {
  /** What its clocks show, as seconds since 1970-01-01T00:00:00 of local time, for seconds since 1970 in UTC. */
  readonly toLocal: (seconds: number) => number;
}

/** Every offset in force since 1972 changes at a multiple of this many seconds. */
const bucketSeconds = 900;

/** More names than the IANA database has; what comes after is not kept. */
const maximumZones = 1_000;

const zones = new Map<string, TimeZone>();

/** The zone of an IANA name such as `Europe/Berlin`; `undefined` when the runtime knows none of that name. */
export function findTimeZone(name: string): TimeZone | undefined {
  const known = zones.get(name);
  if (known !== undefined) {
    return known;
  }
  const zone = makeTimeZone(name);
  if (zone !== undefined && zones.size < maximumZones) {
    zones.set(name, zone);
  }
  return zone;
}

// Some runtimes also take offsets such as `+01:00`, which others do not.
function makeTimeZone(name: string): TimeZone | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) {
    return undefined;
  }
  const format = makeFormat(name);
  return format === undefined ? undefined : { toLocal: cachingOffset(format) };
}

// The 24 hours from 0 to 23 and digits of ASCII, whatever the runtime's own language is.
function makeFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
      timeZone,
      hourCycle: "h23",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return undefined;
  }
}

// Formatting takes microseconds, and requests come in the order of time: the last bucket is enough.
function cachingOffset(format: Intl.DateTimeFormat): TimeZone["toLocal"] {
  let bucket = Number.NaN;
  let offset = 0;
  return (seconds) => {
    const current = Math.floor(seconds / bucketSeconds);
    if (current !== bucket) {
      offset = offsetAt(format, current * bucketSeconds);
      bucket = current;
    }
    return seconds + offset;
  };
}

// No offset reaches a day, so the day of the month tells on which side of midnight the clock is.
function offsetAt(format: Intl.DateTimeFormat, seconds: number): number {
  const parts = new Map(
    format.formatToParts(seconds * 1_000).map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const utcDay = Math.floor(seconds / secondsPerDay);
  const shift = [-1, 0, 1].find((days) => toCivilDate(utcDay + days).day === part("day")) ?? 0;
  const local = (part("hour") * 60 + part("minute")) * 60 + part("second");
  return (utcDay + shift) * secondsPerDay + local - seconds;
}
