let lastMillis = Number.NaN;
let lastText = "";

/**
 * A time as RFC 3339 in UTC, to the millisecond. Formatting takes longer than a policy, and checks come in the order of
 * time: the last one is enough to remember.
 */
export function isoText(at: Date): string {
  const millis = at.getTime();
  if (millis !== lastMillis) {
    lastText = at.toISOString();
    lastMillis = millis;
  }
  return lastText;
}
