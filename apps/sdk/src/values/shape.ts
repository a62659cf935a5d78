import { readOwn } from "./own-property.js";

/** Whether a value taken from JSON has the expected shape. */
export type Check = (value: unknown) => boolean;

/** A check for every property of `T`, so that none can be forgotten. */
export type Shape<T> = { readonly [key in keyof T]-?: Check };

const isoTimestamp = /^\d{4}(-\d\d){2}T\d\d(:\d\d){2}(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Any text. */
export function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Literally `true` or `false`; `"true"` and `1` are neither. */
export function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

/** A count, a version or a priority. */
export function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** A point in time as ISO 8601 text. */
export function isTimestamp(value: unknown): value is string {
  return isText(value) && isoTimestamp.test(value) && !Number.isNaN(Date.parse(value));
}

/** A JSON object, not an array. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A list, whatever is in it. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** One of a few texts. */
export function oneOf(...texts: readonly string[]): Check {
  return (value) => isText(value) && texts.includes(value);
}

/** A list whose every item passes. */
export function listOf(check: Check): Check {
  return (value) => isList(value) && value.every(check);
}

/** A property that may be absent. */
export function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

/** The first property that is missing or has the wrong type; `undefined` when all is well. */
export function findFlaw<T>(value: unknown, shape: Shape<T>): string | undefined {
  return Object.entries<Check>(shape).find(([key, check]) => !check(readOwn(value, key)))?.[0];
}

/** An object that passes every check. */
export function objectWith<T>(shape: Shape<T>): (value: unknown) => value is T {
  return (value): value is T => isObject(value) && findFlaw(value, shape) === undefined;
}
