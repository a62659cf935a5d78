import { failed, maximumSetSize, read, type Reading, type ValueReader } from "../values/reading.js";
import type { Scalar, ScalarType } from "../values/scalar-types.js";

/** Reads a literal of a policy at a type. */
export function literalReader<T extends Scalar>(type: ScalarType<T>): ValueReader<T> {
  return { name: type.name, read: type.readLiteral ?? type.read };
}

/** Reads a set of an attribute: an array, or a single value as a set of one. One bad element spoils it. */
export function setReader<T extends Scalar>(type: ScalarType<T>): ValueReader<ReadonlySet<T>> {
  return {
    name: `${type.name}_set`,
    read: (raw) => asSet(readElements(Array.isArray(raw) ? raw : [raw], type)),
  };
}

/** Reads a list a policy writes, which is an array however short it is. */
export function listReader<T extends Scalar>(type: ScalarType<T>): ValueReader<ReadonlySet<T>> {
  const literal = literalReader(type);
  return {
    name: `${type.name}_list`,
    read: (raw) => (Array.isArray(raw) ? asSet(readElements(raw, literal)) : failed(raw)),
  };
}

/** The lowest and the highest value of a range. */
export type Range<T> = readonly [T, T];

/** Reads a range a policy writes, `[lowest, highest]`. */
export function rangeReader<T extends Scalar>(type: ScalarType<T>): ValueReader<Range<T>> {
  const literal = literalReader(type);
  return {
    name: `${type.name}_range`,
    read(raw) {
      const elements = Array.isArray(raw) ? readElements(raw, literal) : failed(raw);
      if (elements.state === "failed") {
        return elements;
      }
      const [lowest, highest, ...rest] = elements.value;
      return lowest === undefined || highest === undefined || rest.length > 0
        ? failed(raw)
        : read<Range<T>>([lowest, highest]);
    },
  };
}

/** Reads every element of an attribute on its own; a single value is one element. */
export function eachReader<T>(element: ValueReader<T>): ValueReader<readonly Reading<T>[]> {
  return {
    name: element.name,
    key: `each ${element.key ?? element.name}`,
    read(raw) {
      const elements: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
      return elements.length > maximumSetSize
        ? failed(raw, "limit")
        : read(elements.map(element.read));
    },
  };
}

/** Reads how many values there are, duplicates counted; a single value is one. */
export const sizeReader: ValueReader<number> = {
  name: "any_set",
  read(raw) {
    const elements: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
    if (elements.length > maximumSetSize) {
      return failed(raw, "limit");
    }
    return elements.every(isSingleValue) ? read(elements.length) : failed(raw);
  },
};

/** Reads values one by one until one is bad. */
export function readElements<T>(
  raw: readonly unknown[],
  element: ValueReader<T>,
): Reading<readonly T[]> {
  if (raw.length > maximumSetSize) {
    return failed(raw, "limit");
  }
  const values: T[] = [];
  for (const each of raw) {
    const reading = element.read(each);
    if (reading.state === "failed") {
      return reading;
    }
    values.push(reading.value);
  }
  return read(values);
}

function asSet<T>(elements: Reading<readonly T[]>): Reading<ReadonlySet<T>> {
  return elements.state === "read" ? read(new Set(elements.value)) : elements;
}

function isSingleValue(raw: unknown): boolean {
  return ["string", "number", "bigint", "boolean"].includes(typeof raw);
}
