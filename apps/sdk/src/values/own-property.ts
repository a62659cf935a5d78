/** Reads one own property; an inherited name such as `constructor` is not part of an answer. */
export function readOwn(source: unknown, key: string): unknown {
  if (typeof source !== "object" || source === null) {
    return undefined;
  }
  return Object.getOwnPropertyDescriptor(source, key)?.value;
}
