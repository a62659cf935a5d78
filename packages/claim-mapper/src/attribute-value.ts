/** A value a policy can read: a scalar, or a set of scalars of one kind. */
export type AttributeValue =
  string | number | bigint | boolean | readonly (string | number | bigint)[];

/** A value as configuration writes it, in JSON. */
export type DefaultValue = string | number | boolean | readonly string[] | readonly number[];

/**
 * Why a claim that is there cannot be an attribute: an object or another kind no attribute has, a set
 * of different kinds or of sets, a string or a set over its limit, an integer JSON has already rounded.
 */
export type InvalidReason =
  "unsupported_type" | "mixed_set" | "string_too_long" | "set_too_large" | "unsafe_integer";

/** Stands in the place of an attribute whose claim is there but unusable. */
export interface InvalidAttribute {
  /** Why; never the value. */
  readonly invalid: InvalidReason;
}

/** The longest string an attribute holds, in UTF-16 code units. */
export const maximumStringLength = 1_024;

/** The largest set an attribute holds, in elements, duplicates counted. */
export const maximumSetSize = 256;

type Scalar = Exclude<AttributeValue, readonly unknown[]>;

/** Reads the value of a claim as what it is; nothing is coerced, and copies of sets are returned. */
export function readAttributeValue(claim: unknown): AttributeValue | InvalidAttribute {
  return Array.isArray(claim) ? readSet(claim) : readScalar(claim);
}

/** Whether a reading failed. */
export function isInvalid(
  reading: AttributeValue | InvalidAttribute | undefined,
): reading is InvalidAttribute {
  return typeof reading === "object" && "invalid" in reading;
}

function readScalar(claim: unknown): Scalar | InvalidAttribute {
  if (typeof claim === "string") {
    return claim.length > maximumStringLength ? { invalid: "string_too_long" } : claim;
  }
  if (typeof claim === "number") {
    return readNumber(claim);
  }
  const isOther = typeof claim === "boolean" || typeof claim === "bigint";
  return isOther ? claim : { invalid: "unsupported_type" };
}

function readNumber(claim: number): number | InvalidAttribute {
  if (!Number.isFinite(claim)) {
    return { invalid: "unsupported_type" };
  }
  const isRounded = Number.isInteger(claim) && !Number.isSafeInteger(claim);
  return isRounded ? { invalid: "unsafe_integer" } : claim;
}

function readSet(claim: readonly unknown[]): AttributeValue | InvalidAttribute {
  if (claim.length > maximumSetSize) {
    return { invalid: "set_too_large" };
  }
  const values: (string | number | bigint)[] = [];
  for (const element of claim) {
    const value = readScalar(element);
    if (isInvalid(value)) {
      return Array.isArray(element) ? { invalid: "mixed_set" } : value;
    }
    if (typeof value === "boolean" || kindOf(value) !== kindOf(values[0] ?? value)) {
      return { invalid: "mixed_set" };
    }
    values.push(value);
  }
  return values;
}

function kindOf(value: string | number | bigint): "text" | "number" {
  return typeof value === "string" ? "text" : "number";
}
