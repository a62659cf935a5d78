/** Days of the week, in the order in which 1970-01-01, a Thursday, is number 3. */
export const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;

/** The name of a day of the week. */
export type Weekday = (typeof weekdays)[number];

/** Whether a text is the lower-case English name of a day of the week. */
export function isWeekday(text: unknown): text is Weekday {
  return weekdays.some((weekday) => weekday === text);
}

/** The day of the week of a day, given as days since 1970-01-01. */
export function weekdayOf(days: number): Weekday {
  return weekdays[(((days + 3) % 7) + 7) % 7] ?? "monday";
}
