import type { CallOptions } from "./call-options.js";

const longestTimeoutMs = 600_000;
const requestIdPattern = /^[\w.-]{1,128}$/;

/**
 * A whole number within its bounds, or `undefined`.
 *
 * @throws TypeError that names the option and its bounds.
 */
export function wholeNumber(
  name: string,
  value: number | undefined,
  [least, most]: readonly [number, number],
): number | undefined {
  if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= most)) {
    throw new TypeError(`\`${name}\` must be a whole number from ${least} to ${most}`);
  }
  return value;
}

/** @throws TypeError when what the caller said of a call cannot be. */
export function checkCallOptions({ requestId, timeoutMs }: CallOptions): void {
  if (requestId !== undefined && !requestIdPattern.test(requestId)) {
    throw new TypeError("`requestId` must be 1–128 letters, digits, `.`, `_` or `-`");
  }
  wholeNumber("timeoutMs", timeoutMs, [1, longestTimeoutMs]);
}
