/**
 * The time of a column in milliseconds. SQLite keeps what it is given whatever the column's type: a time that is not a
 * number was not written by this package, and becomes an invalid date rather than one that looks right.
 */
export function timeOf(stored: unknown): Date {
  return new Date(typeof stored === "number" ? stored : Number.NaN);
}
