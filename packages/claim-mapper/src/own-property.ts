/** A property that is there, whatever it holds. */
export interface OwnProperty {
  /** What it holds. */
  readonly value: unknown;
}

/** Reads one own property of an object that is no array; `undefined` when there is none of that name. */
// SECURITY: the descriptor is asked for, so that `__proto__` and `constructor` are names like any other.
export function readOwn(source: unknown, name: string): OwnProperty | undefined {
  if (!isObject(source)) {
    return undefined;
  }
  const property = Object.getOwnPropertyDescriptor(source, name);
  return property === undefined ? undefined : { value: property.value };
}

/** Whether a value is an object and no array. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
