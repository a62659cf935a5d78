import type { ConfiguredInputs, ConfiguredKind } from "./change-set.js";
import type { Stored } from "./stored.js";

/** The name of one configured thing within its workspace. */
export interface ThingName {
  /** What it is. */
  readonly kind: ConfiguredKind;
  /** Its key. */
  readonly key: string;
}

/** A configured thing as an adapter keeps it: the columns every kind has, and the value, which is opaque JSON. */
export interface ConfiguredRow<Kind extends ConfiguredKind = ConfiguredKind> extends Stored {
  /** What it is. */
  readonly kind: Kind;
  /** Its key. */
  readonly key: string;
  /** What the caller decided about it. */
  readonly value: ConfiguredInputs[Kind];
}

/** The record that a store answers for a row. What storage adds wins over members of the same name in the value. */
export function recordOf<Value extends object>(
  row: Stored & { readonly value: Value },
): Value & Stored {
  const { value, workspaceId, version, createdAt, updatedAt } = row;
  return { ...value, workspaceId, version, createdAt, updatedAt };
}
