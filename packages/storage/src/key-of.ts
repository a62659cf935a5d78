import type { ConfigurationWrite, ConfiguredInputs, ConfiguredKind } from "./change-set.js";

const keyReaders: {
  readonly [Kind in ConfiguredKind]: (value: ConfiguredInputs[Kind]) => string;
} = {
  workspace: ({ id }) => id,
  provider: ({ id }) => id,
  policy: ({ document }) => document.name,
  resource: ({ name }) => name,
  permission: ({ id }) => id,
};

/** The key of the thing that is written. */
export function keyOf(write: ConfigurationWrite): string {
  return write.operation === "put" ? keyOfValue(write.kind, write.value) : write.key;
}

function keyOfValue<Kind extends ConfiguredKind>(
  kind: Kind,
  value: ConfiguredInputs[Kind],
): string {
  return keyReaders[kind](value);
}
