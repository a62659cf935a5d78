import {
  type AttributeValue,
  type InvalidAttribute,
  isInvalid,
  readScalar,
  readSetOf,
} from "./attribute-value.js";

/** The types a mapping can declare. */
export const attributeTypes = [
  "string",
  "integer",
  "double",
  "boolean",
  "numeric_date",
  "string_set",
  "integer_set",
] as const;

/** One of the types a mapping can declare. */
export type AttributeType = (typeof attributeTypes)[number];

type Reader<Value extends AttributeValue> = (claim: unknown) => Value | InvalidAttribute;

const wrongType: InvalidAttribute = { invalid: "wrong_type" };
const canonicalInteger = /^(?:0|-?[1-9][0-9]*)$/;

/** The last second of the year 9999, in seconds since 1970. */
const latestDate = 253_402_300_799;

/** Reads claims at each type. A claim of another type is unusable; it is not made to fit. */
export const typeReaders: { readonly [Type in AttributeType]: Reader<AttributeValue> } = {
  string: readString,
  integer: readInteger,
  double: readDouble,
  boolean: (claim) => (typeof claim === "boolean" ? claim : wrongType),
  numeric_date: readNumericDate,
  string_set: (claim) => readSetOf(toElements(claim), readString),
  integer_set: (claim) => readSetOf(toElements(claim), readInteger),
};

/** A scalar is a set of one, as `aud` has it (RFC 7519 §4.1.3). */
function toElements(claim: unknown): readonly unknown[] {
  return Array.isArray(claim) ? claim : [claim];
}

function readString(claim: unknown): string | InvalidAttribute {
  const value = readScalar(claim);
  return typeof value === "string" || isInvalid(value) ? asWrongType(value) : wrongType;
}

/** A number, or the digits of one as the shortest text there is for it: those no parser has rounded. */
function readInteger(claim: unknown): number | bigint | InvalidAttribute {
  const value = readScalar(claim);
  if (typeof value === "string") {
    return canonicalInteger.test(value) ? toSmallestInteger(BigInt(value)) : wrongType;
  }
  if (typeof value === "bigint" || isInvalid(value)) {
    return asWrongType(value);
  }
  return Number.isSafeInteger(value) && typeof value === "number" ? value : wrongType;
}

function toSmallestInteger(value: bigint): number | bigint {
  const rounded = Number(value);
  return Number.isSafeInteger(rounded) ? rounded : value;
}

/** A double has no digits to lose: whatever JSON made of it is what it says. */
function readDouble(claim: unknown): number | InvalidAttribute {
  return typeof claim === "number" && Number.isFinite(claim) ? claim : wrongType;
}

/** Seconds since 1970 (RFC 7519 §2), written as RFC 3339 has it, in UTC; milliseconds only where there are any. */
function readNumericDate(claim: unknown): string | InvalidAttribute {
  if (typeof claim !== "number" || !Number.isFinite(claim)) {
    return wrongType;
  }
  return claim < 0 || claim > latestDate
    ? { invalid: "date_out_of_range" }
    : new Date(claim * 1_000).toISOString().replace(".000Z", "Z");
}

/** Where a type is declared, a kind that no attribute has is first of all not that type. */
function asWrongType<Value>(value: Value | InvalidAttribute): Value | InvalidAttribute {
  return isInvalid(value) && value.invalid === "unsupported_type" ? wrongType : value;
}
