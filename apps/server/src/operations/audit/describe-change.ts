import type { JsonObject, LoggedChange } from "@byot/api-contract";
import type { ChangedKind, ChangeRecord } from "@byot/storage";

type Value = Readonly<Record<string, unknown>>;

/** A change as it is answered; what was changed is shown as the API takes it. */
export function describeChange(record: ChangeRecord): LoggedChange {
  const { workspaceId: _, at, before, after, ...rest } = record;
  return {
    ...rest,
    at: at.toISOString(),
    ...(before === undefined ? {} : { before: describeValue(record.kind, before) }),
    ...(after === undefined ? {} : { after: describeValue(record.kind, after) }),
  };
}

// Policies and the keys of providers are stored under other names than they are sent.
const sentForms: Partial<Readonly<Record<ChangedKind, (value: Value) => unknown>>> = {
  policy: ({ document }) => document,
  provider: ({ keys, ...rest }) => ({ ...rest, ...sentKeys(keys) }),
};

function sentKeys(keys: unknown): Value {
  if (!isObject(keys)) {
    return {};
  }
  const { inline, jwksUri } = keys;
  return {
    ...(inline === undefined ? {} : { jwks: inline }),
    ...(jwksUri === undefined ? {} : { jwksUri }),
  };
}

function describeValue(kind: ChangedKind, value: Value): JsonObject {
  const sent = sentForms[kind]?.(value) ?? value;
  return isObject(sent) ? sent : {};
}

// What is configured came as JSON.
function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
