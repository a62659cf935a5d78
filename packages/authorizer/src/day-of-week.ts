const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

/** Everywhere midnight is at a multiple of this many milliseconds. */
const bucketMillis = 900_000;

/** Tells the day of the week, in lower-case English. */
export type DayOfWeek = (at: Date) => string;

/**
 * Reads the calendar of a time zone.
 *
 * @throws TypeError when the runtime knows no zone of that name.
 */
export function dayOfWeekIn(timeZone: string): DayOfWeek {
  if (timeZone === "UTC") {
    return (at) => weekdays[at.getUTCDay()] ?? "";
  }
  const format = formatIn(timeZone);
  let bucket = Number.NaN;
  let day = "";
  // Formatting takes microseconds, and checks come in the order of time: the last quarter of an hour is enough.
  return (at) => {
    const current = Math.floor(at.getTime() / bucketMillis);
    if (current !== bucket) {
      day = format.format(at).toLowerCase();
      bucket = current;
    }
    return day;
  };
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US-u-ca-gregory", { timeZone, weekday: "long" });
  } catch (error) {
    throw new TypeError(`unknown time zone \`${timeZone}\``, { cause: error });
  }
}
