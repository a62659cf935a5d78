import { parseDate } from "./civil-date.js";
import { compareTexts } from "./compare-texts.js";
import { addToDate, addToInstant, type Duration, parseDuration } from "./duration.js";
import { parseEmail } from "./email-address.js";
import { type Instant, readInstant, readNumericDate } from "./instant.js";
import { addIntegers, type IntegerValue, readInteger } from "./integer-value.js";
import { type IpAddress, parseIpAddress } from "./ip-address.js";
import {
  failed,
  maximumStringLength,
  read,
  readText,
  type Reading,
  type ValueReader,
} from "./reading.js";
import { parseTime } from "./time-of-day.js";

/** What a value of each type looks like once it has been read: equal values are identical. */
export interface ScalarValues {
  /** Compared code point by code point, without normalisation. */
  readonly string: string;
  /** Exact, of any length. */
  readonly integer: IntegerValue;
  /** Finite. */
  readonly double: number;
  /** True or false, no spelling of them. */
  readonly boolean: boolean;
  /** Days since 1970-01-01. */
  readonly date: number;
  /** Seconds since midnight. */
  readonly time: number;
  /** Nanoseconds since 1970-01-01T00:00:00Z. */
  readonly datetime: Instant;
  /** IPv4 and IPv6 in one space. */
  readonly ip: IpAddress;
  /** The domain in lower case. */
  readonly email: string;
}

/** The name of a type of single values. */
export type ScalarTypeName = keyof ScalarValues;

/** Types that have an order. */
export type OrderedTypeName = Exclude<ScalarTypeName, "boolean" | "ip" | "email">;

/** A value of any of the types. */
export type Scalar = ScalarValues[ScalarTypeName];

/** One type of single values. */
export interface ScalarType<T extends Scalar> extends ValueReader<T> {
  /** Its name. */
  readonly name: ScalarTypeName;
  /** Reads a literal of a policy, where it is written more strictly than attributes are. */
  readonly readLiteral?: (raw: unknown) => Reading<T>;
  /** How far one value may be from another; absent when nothing can be added to values of the type. */
  readonly offset?: OffsetType<T>;
}

/** One type of single values that has an order. */
export interface OrderedType<T extends Scalar> extends ScalarType<T> {
  /** Its name. */
  readonly name: OrderedTypeName;
  /** Negative when `a` comes first, positive when `b` does, 0 when they are equal. */
  readonly compare: (a: T, b: T) => number;
}

/** What can be added to values of a type. */
export interface OffsetType<T> {
  /** How documentation and problems name it. */
  readonly noun: string;
  /** Reads an offset as it is written; `undefined` when it is none. Adding it never throws. */
  readonly read: (raw: unknown) => ((value: T) => T) | undefined;
}

/** The types of single values by name. */
export const scalarTypes: {
  readonly [Name in ScalarTypeName]: Name extends OrderedTypeName
    ? OrderedType<ScalarValues[Name]>
    : ScalarType<ScalarValues[Name]>;
} = {
  string: {
    name: "string",
    read: (raw) => readText(raw, (text) => text),
    peek: (raw) => (typeof raw === "string" && raw.length <= maximumStringLength ? raw : undefined),
    compare: compareTexts,
  },
  integer: {
    name: "integer",
    read: readInteger,
    peek: (raw) => (typeof raw === "number" && Number.isSafeInteger(raw) ? raw : undefined),
    compare: compareNumbers,
    offset: { noun: "an integer", read: readIntegerOffset },
  },
  double: {
    name: "double",
    read: readDouble,
    compare: compareNumbers,
    offset: { noun: "a number", read: readDoubleOffset },
  },
  boolean: {
    name: "boolean",
    read: (raw) => (typeof raw === "boolean" ? read(raw) : failed(raw)),
    peek: (raw) => (typeof raw === "boolean" ? raw : undefined),
  },
  date: {
    name: "date",
    read: (raw) => readText(raw, parseDate),
    compare: compareNumbers,
    offset: { noun: "an ISO 8601 duration without a time, such as `P18Y`", read: readDateOffset },
  },
  time: { name: "time", read: (raw) => readText(raw, parseTime), compare: compareNumbers },
  datetime: {
    name: "datetime",
    read: (raw) => (typeof raw === "number" ? readNumericDate(raw) : readInstant(raw)),
    readLiteral: readInstant,
    compare: compareNumbers,
    offset: { noun: "an ISO 8601 duration such as `-PT15M`", read: readInstantOffset },
  },
  ip: { name: "ip", read: (raw) => readText(raw, parseIpAddress) },
  email: { name: "email", read: (raw) => readText(raw, parseEmail) },
};

// `<` is exact between numbers and bigints, where `-` would throw.
function compareNumbers(a: number | bigint, b: number | bigint): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

function readDouble(raw: unknown): Reading<number> {
  return typeof raw === "number" && Number.isFinite(raw) ? read(raw) : failed(raw);
}

function readIntegerOffset(raw: unknown): ((value: IntegerValue) => IntegerValue) | undefined {
  const offset = readInteger(raw);
  return offset.state === "read" ? (value) => addIntegers(value, offset.value) : undefined;
}

function readDoubleOffset(raw: unknown): ((value: number) => number) | undefined {
  const offset = readDouble(raw);
  return offset.state === "read" ? (value) => value + offset.value : undefined;
}

function readDateOffset(raw: unknown): ((value: number) => number) | undefined {
  const duration = readDuration(raw);
  return duration === undefined || duration.seconds !== 0
    ? undefined
    : (value) => addToDate(value, duration);
}

function readInstantOffset(raw: unknown): ((value: Instant) => Instant) | undefined {
  const duration = readDuration(raw);
  return duration === undefined ? undefined : (value) => addToInstant(value, duration);
}

function readDuration(raw: unknown): Duration | undefined {
  return typeof raw === "string" ? parseDuration(raw) : undefined;
}
