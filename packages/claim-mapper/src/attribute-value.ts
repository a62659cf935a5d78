/** A value a policy can read: a scalar, or a set of scalars of one kind. */
export type AttributeValue =
  string | number | bigint | boolean | readonly (string | number | bigint)[];

/** A value as configuration writes it, in JSON. */
export type DefaultValue = string | number | boolean | readonly string[] | readonly number[];

/**
 * Why a claim that is there cannot be an attribute: an object or another kind no attribute has, not of the type its
 * mapping declares or its transforms take, a set of different kinds or of sets, a string or a set over its limit, an
 * integer JSON has already rounded, a time outside the years 1970 to 9999.
 */
export type InvalidReason =
  | "unsupported_type"
  | "wrong_type"
  | "mixed_set"
  | "string_too_long"
  | "set_too_large"
  | "unsafe_integer"
  | "date_out_of_range";

/** Stands in the place of an attribute whose claim is there but unusable. */
export interface InvalidAttribute {
  /** Why; never the value. */
  readonly invalid: InvalidReason;
}

/** An attribute that holds one value. */
export type ScalarValue = Exclude<AttributeValue, readonly unknown[]>;

/** The longest string an attribute holds, in UTF-16 code units. */
export const maximumStringLength = 1_024;

/** The largest set an attribute holds, in elements, duplicates counted. */
export const maximumSetSize = 256;

/** Reads the value of a claim as what it is; nothing is coerced, and copies of sets are returned. */
export function readAttributeValue(claim: unknown): AttributeValue | InvalidAttribute {
  return Array.isArray(claim) ? readMixedSet(claim) : readScalar(claim);
}

/** Whether a reading failed. */
export function isInvalid(reading: unknown): reading is InvalidAttribute {
  return typeof reading === "object" && reading !== null && "invalid" in reading;
}

/** Reads a scalar of any kind. */
export function readScalar(claim: unknown): ScalarValue | InvalidAttribute {
  if (typeof claim === "string") {
    return claim.length > maximumStringLength ? { invalid: "string_too_long" } : claim;
  }
  if (typeof claim === "number") {
    return readNumber(claim);
  }
  const isOther = typeof claim === "boolean" || typeof claim === "bigint";
  return isOther ? claim : { invalid: "unsupported_type" };
}

/** Reads a set of which every element is read alike; the first that cannot be makes the set unusable. */
export function readSetOf<Value>(
  claim: readonly unknown[],
  read: (element: unknown) => Value | InvalidAttribute,
): readonly Value[] | InvalidAttribute {
  if (claim.length > maximumSetSize) {
    return { invalid: "set_too_large" };
  }
  const values: Value[] = [];
  for (const element of claim) {
    const value = read(element);
    if (isInvalid(value)) {
      return value;
    }
    values.push(value);
  }
  return values;
}

function readNumber(claim: number): number | InvalidAttribute {
  if (!Number.isFinite(claim)) {
    return { invalid: "unsupported_type" };
  }
  const isRounded = Number.isInteger(claim) && !Number.isSafeInteger(claim);
  return isRounded ? { invalid: "unsafe_integer" } : claim;
}

function readMixedSet(claim: readonly unknown[]): AttributeValue | InvalidAttribute {
  const values = readSetOf(claim, readElement);
  if (isInvalid(values)) {
    return values;
  }
  const kinds = new Set(values.map((value) => typeof value === "string"));
  return kinds.size > 1 ? { invalid: "mixed_set" } : values;
}

function readElement(element: unknown): string | number | bigint | InvalidAttribute {
  if (Array.isArray(element) || typeof element === "boolean") {
    return { invalid: "mixed_set" };
  }
  const value = readScalar(element);
  return typeof value === "boolean" ? { invalid: "mixed_set" } : value;
}
