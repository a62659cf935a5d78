import type { AttributeInput } from "@byot/policy-engine";

type Scalar = string | number | bigint | boolean;

/**
 * A value that nobody has typed, as policies may read it. Nothing, and `null`, are missing; what is neither a text, a
 * number or a truth value nor a list of those counts as a value of a wrong type, which no condition excuses.
 */
export function readAttributeInput(value: unknown): AttributeInput | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (Array.isArray(value)) {
    const elements: readonly unknown[] = value;
    return elements.every(isScalar) ? [...elements] : { invalid: "unsupported_type" };
  }
  return isScalar(value) ? value : { invalid: "unsupported_type" };
}

function isScalar(value: unknown): value is Scalar {
  return ["string", "number", "bigint", "boolean"].includes(typeof value);
}
