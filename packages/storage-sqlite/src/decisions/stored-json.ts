import { StorageError } from "@byot/storage";

/**
 * Reads a column that holds a list as JSON. Its items were written by this package and are not looked at again.
 *
 * @throws StorageError with code `CORRUPT` when it is something else.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- names what the column holds
export function readList<Item>(json: string): readonly Item[] {
  const list = parsed(json);
  if (!isList<Item>(list)) {
    throw new StorageError("CORRUPT", "a stored list is not one");
  }
  return list;
}

function parsed(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return value;
  } catch {
    return undefined;
  }
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- names what the column holds
function isList<Item>(value: unknown): value is readonly Item[] {
  return Array.isArray(value);
}

/** Reads a column that holds a list as JSON; `undefined` when it holds something else. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- names what the column holds
export function tryReadList<Item>(json: string): readonly Item[] | undefined {
  const list = parsed(json);
  return isList<Item>(list) ? list : undefined;
}
