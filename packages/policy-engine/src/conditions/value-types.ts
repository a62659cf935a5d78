/** The types a condition can ask for, with what a value looks like once it has been read. */
export interface ValueTypes {
  /** Compared code point by code point, without normalisation. */
  readonly string: string;
  /** A safe integer as a number, any other as a bigint, so that equal integers are identical. */
  readonly integer: number | bigint;
  /** True or false, no spelling of them. */
  readonly boolean: boolean;
  /** An array of strings, or one string. */
  readonly string_set: ReadonlySet<string>;
  /** An array of strings, as a policy writes it. */
  readonly string_list: ReadonlySet<string>;
}

/** The name of a type. */
export type ValueTypeName = keyof ValueTypes;

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

/** The longest string that is compared, in UTF-16 code units. */
export const maximumStringLength = 10_000;

/** The largest set that is looked at, in elements, duplicates counted. */
export const maximumSetSize = 1_000;

const canonicalInteger = /^(?:0|-?[1-9][0-9]*)$/;

/** Reads untrusted values at each type; nothing is coerced. */
export const valueReaders: {
  readonly [Type in ValueTypeName]: (raw: unknown) => Reading<ValueTypes[Type]>;
} = {
  string: readString,
  integer: readInteger,
  boolean: (raw) => (typeof raw === "boolean" ? read(raw) : failed("type_error", raw)),
  string_set: (raw) => (Array.isArray(raw) ? readStrings(raw) : readSetOfOne(raw)),
  string_list: (raw) => (Array.isArray(raw) ? readStrings(raw) : failed("type_error", raw)),
};

/** Names the kind of a value for people; the value itself stays out. */
export function describeKind(raw: unknown): string {
  if (raw === null) {
    return "null";
  }
  return Array.isArray(raw) ? "set" : typeof raw;
}

function read<T>(value: T): Reading<T> {
  return { state: "read", value };
}

function failed(code: ReadingFailure["code"], raw: unknown): ReadingFailure {
  return { state: "failed", code, actual: describeKind(raw) };
}

function readString(raw: unknown): Reading<string> {
  if (typeof raw !== "string") {
    return failed("type_error", raw);
  }
  return raw.length > maximumStringLength ? failed("limit", raw) : read(raw);
}

function readInteger(raw: unknown): Reading<number | bigint> {
  if (typeof raw === "number") {
    return readNumber(raw);
  }
  if (typeof raw === "string") {
    return readDigits(raw);
  }
  return typeof raw === "bigint" ? read(toSmallestInteger(raw)) : failed("type_error", raw);
}

function readNumber(raw: number): Reading<number | bigint> {
  if (!Number.isInteger(raw)) {
    return failed("type_error", raw);
  }
  return Number.isSafeInteger(raw) ? read(raw) : failed("unsafe_integer", raw);
}

function readDigits(raw: string): Reading<number | bigint> {
  if (raw.length > maximumStringLength) {
    return failed("limit", raw);
  }
  return canonicalInteger.test(raw)
    ? read(toSmallestInteger(BigInt(raw)))
    : failed("type_error", raw);
}

function toSmallestInteger(value: bigint): number | bigint {
  const rounded = Number(value);
  return Number.isSafeInteger(rounded) ? rounded : value;
}

function readSetOfOne(raw: unknown): Reading<ReadonlySet<string>> {
  const reading = readString(raw);
  return reading.state === "read" ? read(new Set([reading.value])) : reading;
}

function readStrings(raw: readonly unknown[]): Reading<ReadonlySet<string>> {
  if (raw.length > maximumSetSize) {
    return failed("limit", raw);
  }
  const strings = new Set<string>();
  for (const element of raw) {
    const reading = readString(element);
    if (reading.state === "failed") {
      return reading;
    }
    strings.add(reading.value);
  }
  return read(strings);
}
