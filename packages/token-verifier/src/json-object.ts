/** Any value that JSON can spell. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object. Read from a token it has no prototype, so that every name found in it is its own. */
export interface JsonObject {
  /** One member. */
  readonly [name: string]: JsonValue;
}

/** Tells an object from the other JSON values. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads one own data property of anything.
 *
 * Inherited names such as `constructor` and accessors are not there: a configuration object that arrived
 * from outside cannot answer with what its prototype says, and cannot run code while it is read.
 */
export function readOwn(source: unknown, name: string): unknown {
  if (typeof source !== "object" || source === null) {
    return undefined;
  }
  const property = Object.getOwnPropertyDescriptor(source, name);
  return property?.value;
}
