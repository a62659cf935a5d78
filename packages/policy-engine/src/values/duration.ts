import { addMonths } from "./civil-date.js";
import { type Instant, nanosecondsPerSecond, secondsPerDay } from "./instant.js";

/** A length of time in the three units that do not convert into each other. */
export interface Duration {
  /** Years count as twelve. */
  readonly months: number;
  /** Weeks count as seven. */
  readonly days: number;
  /** Hours and minutes counted in; 0 where the duration has no time part. */
  readonly seconds: number;
}

const durationPattern =
  /^(-?)P(?=[0-9T])(?:([0-9]{1,6})Y)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})W)?(?:([0-9]{1,6})D)?(?:T(?=[0-9])(?:([0-9]{1,6})H)?(?:([0-9]{1,6})M)?(?:([0-9]{1,6})S)?)?$/;

/** Reads an ISO 8601 duration of whole numbers, at most six digits each, such as `-PT15M` or `P18Y`. */
export function parseDuration(text: string): Duration | undefined {
  const match = durationPattern.exec(text);
  if (match === null) {
    return undefined;
  }
  const [years, months, weeks, days, hours, minutes, seconds] = match
    .slice(2)
    .map((digits: string | undefined) => Number(digits ?? 0));
  const sign = match[1] === "-" ? -1 : 1;
  return {
    months: sign * ((years ?? 0) * 12 + (months ?? 0)),
    days: sign * ((weeks ?? 0) * 7 + (days ?? 0)),
    seconds: sign * (((hours ?? 0) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)),
  };
}

/** Adds to a day number: months first, then days. */
export function addToDate(days: number, duration: Duration): number {
  return addMonths(days, duration.months) + duration.days;
}

/** Adds to an instant on the UTC calendar: months first, then days, then seconds. */
export function addToInstant(instant: Instant, duration: Duration): Instant {
  const nanosecondsPerDay = BigInt(secondsPerDay) * nanosecondsPerSecond;
  const rest = ((instant % nanosecondsPerDay) + nanosecondsPerDay) % nanosecondsPerDay;
  const day = Number((instant - rest) / nanosecondsPerDay);
  const moved = BigInt(addToDate(day, duration)) * nanosecondsPerDay;
  return moved + rest + BigInt(duration.seconds) * nanosecondsPerSecond;
}
