const seconds = /^\d{1,10}$/;
// Date.parse alone would take `-5` for a year.
const httpDate = /^[A-Z][a-z]+, .* GMT$/;

/**
 * Reads a `Retry-After` field (RFC 9110 §10.2.3): a number of seconds or a date.
 *
 * @returns milliseconds from `now`, never negative; `undefined` when there is no field or it is neither.
 */
export function parseRetryAfter(field: string | null, now: Date): number | undefined {
  if (field === null) {
    return undefined;
  }
  if (seconds.test(field)) {
    return Number(field) * 1_000;
  }
  const at = httpDate.test(field) ? Date.parse(field) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}
