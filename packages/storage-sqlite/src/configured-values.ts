import { StorageError, type ConfiguredInputs, type ConfiguredKind } from "@byot/storage";

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
  const value = parseJson(json);
  if (!isValueOf(kind, value)) {
    throw new StorageError("CORRUPT", `a stored ${kind} is not one`);
  }
  return value;
}

function parseJson(json: string): unknown {
  const value: unknown = JSON.parse(json);
  return value;
}

function isValueOf<Kind extends ConfiguredKind>(
  kind: Kind,
  value: unknown,
): value is ConfiguredInputs[Kind] {
  return typeof value === "object" && value !== null && Object.hasOwn(value, tellingMembers[kind]);
}
