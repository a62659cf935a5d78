// Between these two, PostgreSQL reads what `Date` writes. No record lies outside of them, but the end of a span can.
const least = Date.parse("0001-01-01T00:00:00.000Z");
const greatest = Date.parse("9999-12-31T23:59:59.999Z");

/** The time to compare stored times with: the given one, or the end of all time that it lies beyond. */
export function storableTime(time: Date): Date {
  return new Date(Math.min(Math.max(time.getTime(), least), greatest));
}
