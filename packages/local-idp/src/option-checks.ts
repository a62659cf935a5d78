import type { JsonObject } from "./json-value.js";

// RFC 7519, section 4.1: they say who vouches for what and for how long, so the provider alone
// sets them.
const registeredClaims: ReadonlySet<string> = new Set([
  "iss",
  "sub",
  "aud",
  "exp",
  "nbf",
  "iat",
  "jti",
]);

/** @throws TypeError when `claims` has a registered name of RFC 7519, section 4.1. */
export function assertNoRegisteredClaim(subject: string, claims: JsonObject): void {
  const registered = Object.keys(claims).find((name) => registeredClaims.has(name));
  if (registered !== undefined) {
    throw new TypeError(`${subject} must not set the registered claim \`${registered}\``);
  }
}

/** @throws TypeError when `value` is empty. */
export function assertText(subject: string, value: string): void {
  if (value === "") {
    throw new TypeError(`${subject} must not be empty`);
  }
}

/** @throws TypeError when `value` is not a safe integer. */
export function assertWholeNumber(subject: string, value: number): void {
  if (!Number.isSafeInteger(value)) {
    throw new TypeError(`${subject} must be a whole number, not \`${value}\``);
  }
}
