/** A value that was there but could not be read. */
export interface ReadingFailure {
  /** Tells a failure from a value. */
  readonly state: "failed";
  /** A wrong type, an integer JSON has rounded, or a value over a limit. */
  readonly code: "type_error" | "unsafe_integer" | "limit";
  /** The kind of the value found, never the value. */
  readonly actual: string;
}

/** A value at the type asked for, or why it is not one. */
export type Reading<T> = { readonly state: "read"; readonly value: T } | ReadingFailure;

/** Reads untrusted values at one type; nothing is coerced. */
export interface ValueReader<T> {
  /** The type, as results and documentation name it. */
  readonly name: string;
  /** Unlike that of any reader that reads anything otherwise. @defaultValue the name */
  readonly key?: string;
  /** Never throws, and takes time linear in the size of the value. */
  readonly read: (raw: unknown) => Reading<T>;
  /**
   * The value, where it can be told at a glance; `undefined` where only `read` can tell, which agrees with it
   * otherwise. Cheaper than remembering what was read.
   */
  readonly peek?: (raw: unknown) => T | undefined;
}

/** The longest text that is compared, in UTF-16 code units. */
export const maximumStringLength = 10_000;

/** The largest set that is looked at, in elements, duplicates counted. */
export const maximumSetSize = 1_000;

/** A value that was read. */
export function read<T>(value: T): Reading<T> {
  return { state: "read", value };
}

/** A value that was not; only its kind is kept. */
export function failed(raw: unknown, code: ReadingFailure["code"] = "type_error"): ReadingFailure {
  return { state: "failed", code, actual: describeKind(raw) };
}

/** Names the kind of a value for people; the value itself stays out. */
export function describeKind(raw: unknown): string {
  if (raw === null) {
    return "null";
  }
  return Array.isArray(raw) ? "set" : typeof raw;
}

/** Reads text within the limit and hands it to `parse`, which gives `undefined` for text of another form. */
export function readText<T>(raw: unknown, parse: (text: string) => T | undefined): Reading<T> {
  if (typeof raw !== "string") {
    return failed(raw);
  }
  if (raw.length > maximumStringLength) {
    return failed(raw, "limit");
  }
  const value = parse(raw);
  return value === undefined ? failed(raw) : read(value);
}
