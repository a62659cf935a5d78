import { StorageError, type ConfiguredInputs, type ConfiguredKind } from "@byot/storage";

/**
 * Reads a column that holds JSON.
 *
 * @throws StorageError with code `CORRUPT` when it does not.
 */
export function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // SECURITY: the parser's message quotes what it has read, which may be personal.
    throw new StorageError("CORRUPT", "a stored value is not JSON");
  }
}

/**
 * Reads a column that holds a list as JSON. Its items were written by this package and are not looked at again.
 *
 * @throws StorageError with code `CORRUPT`.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- names what the column holds
export function readList<Item>(json: string): readonly Item[] {
  const value = readJson(json);
  if (!isList<Item>(value)) {
    throw new StorageError("CORRUPT", "a stored list is not one");
  }
  return value;
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- names what the column holds
function isList<Item>(value: unknown): value is readonly Item[] {
  return Array.isArray(value);
}

/**
 * Reads a column that holds an object as JSON.
 *
 * @throws StorageError with code `CORRUPT`.
 */
export function readMembers(json: string): Readonly<Record<string, unknown>> {
  const value = readJson(json);
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
 * Reads the `value` column of a configured thing. The documents were parsed before they were stored, so nothing is
 * validated here again; what is noticed is a value that is not JSON or belongs to another kind.
 *
 * @throws StorageError with code `CORRUPT`.
 */
export function readValue<Kind extends ConfiguredKind>(
  kind: Kind,
  json: string,
): ConfiguredInputs[Kind] {
  const value = readJson(json);
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
