import type { ConfiguredInputs, ConfiguredKind } from "./change-set.js";
import { StorageError } from "./storage-error.js";

// SECURITY: the parser's message quotes what it has read, which may be personal, so its errors go no further than this.

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new StorageError("CORRUPT", "a stored value is not JSON");
  }
}

/**
 * Reads a column that holds a list as JSON. An adapter has written its items, and nobody looks at them again.
 *
 * @throws StorageError with code `CORRUPT` when it holds something else.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- names what the column holds
export function readStoredList<Item>(json: string): readonly Item[] {
  const value = parse(json);
  if (!isList<Item>(value)) {
    throw new StorageError("CORRUPT", "a stored list is not one");
  }
  return value;
}

/** Reads a column that holds a list as JSON; `undefined` when it holds something else. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- names what the column holds
export function tryReadStoredList<Item>(json: string): readonly Item[] | undefined {
  try {
    return readStoredList<Item>(json);
  } catch {
    return undefined;
  }
}

/**
 * Reads a column that holds an object as JSON.
 *
 * @throws StorageError with code `CORRUPT` when it holds something else.
 */
export function readStoredMembers(json: string): Readonly<Record<string, unknown>> {
  const value = parse(json);
  if (!isObject(value)) {
    throw new StorageError("CORRUPT", "a stored object is not one");
  }
  return value;
}

/** A member that every value of a kind has and no value of another kind. */
const tellingMembers: { readonly [Kind in ConfiguredKind]: keyof ConfiguredInputs[Kind] } = {
  workspace: "settings",
  provider: "claimMappings",
  policy: "document",
  resource: "category",
  permission: "priority",
};

/**
 * Reads a column that holds the value of a configured thing as JSON. The documents were parsed before they were stored,
 * so nothing is validated here again; what is noticed is a value that is not JSON or belongs to another kind.
 *
 * @throws StorageError with code `CORRUPT`.
 */
export function readStoredValue<Kind extends ConfiguredKind>(
  kind: Kind,
  json: string,
): ConfiguredInputs[Kind] {
  const value = parse(json);
  if (!isValueOf(kind, value)) {
    throw new StorageError("CORRUPT", `a stored ${kind} is not one`);
  }
  return value;
}

function isValueOf<Kind extends ConfiguredKind>(
  kind: Kind,
  value: unknown,
): value is ConfiguredInputs[Kind] {
  return isObject(value) && Object.hasOwn(value, tellingMembers[kind]);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- names what the column holds
function isList<Item>(value: unknown): value is readonly Item[] {
  return Array.isArray(value);
}
