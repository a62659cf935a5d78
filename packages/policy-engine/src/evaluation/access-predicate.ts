import type { AttributeSlot, SlotTable } from "../conditions/attribute-slots.js";
import type { CompiledGroup } from "../conditions/compiled-condition.js";
import { valueReaders } from "../conditions/value-types.js";
import type { LeafCondition } from "../document/policy-document.js";

/** A value that an index can look up. */
export type AccessKey = string | number | bigint | boolean;

/** The types an index can look values up at. */
type AccessType = "string" | "integer" | "boolean" | "string_set";

/** A condition that holds only where the attribute is, or contains, one of the keys. */
export interface EqualityAccess {
  /** The attribute. */
  readonly slot: AttributeSlot<AccessType>;
  /** The values, each once. */
  readonly keys: readonly AccessKey[];
}

interface AccessFunction {
  readonly type: AccessType;
  readonly readKey: (value: unknown) => AccessKey | undefined;
}

const text: AccessFunction["readKey"] = (value) => valueIn(valueReaders.string(value));
const integer: AccessFunction["readKey"] = (value) => valueIn(valueReaders.integer(value));
const boolean: AccessFunction["readKey"] = (value) => valueIn(valueReaders.boolean(value));

const accessFunctions: ReadonlyMap<string, AccessFunction> = new Map([
  ["string_equal", { type: "string", readKey: text }],
  ["string_in", { type: "string", readKey: text }],
  ["integer_equal", { type: "integer", readKey: integer }],
  ["integer_in", { type: "integer", readKey: integer }],
  ["boolean_equal", { type: "boolean", readKey: boolean }],
  ["string_set_contains", { type: "string_set", readKey: text }],
  ["string_set_contains_any", { type: "string_set", readKey: text }],
]);

/** The conditions of a conjunction that an index can use: where the key is another, the whole is false. */
export function equalityAccess({ members }: CompiledGroup, slots: SlotTable): EqualityAccess[] {
  return members.flatMap((member) =>
    member.kind === "leaf" && comparesWithLiteral(member.source)
      ? accessOfLeaf(member.source, slots)
      : [],
  );
}

/** Whether a condition looks at the attribute as it is, and compares it with what is written in the policy. */
export function comparesWithLiteral(condition: LeafCondition): boolean {
  return condition.value !== undefined && !("quantifier" in condition);
}

function accessOfLeaf(condition: LeafCondition, slots: SlotTable): EqualityAccess[] {
  const access = accessFunctions.get(condition.function);
  if (access === undefined) {
    return [];
  }
  const values: readonly unknown[] = Array.isArray(condition.value)
    ? condition.value
    : [condition.value];
  const keys = values.map(access.readKey).filter((key) => key !== undefined);
  // A literal that cannot be read would make a rule unreachable, so it is left to be asked.
  return keys.length < values.length
    ? []
    : [{ slot: slots.slot(access.type, condition), keys: [...new Set(keys)] }];
}

function valueIn<T>(
  reading: { readonly state: "read"; readonly value: T } | { readonly state: "failed" },
): T | undefined {
  return reading.state === "read" ? reading.value : undefined;
}
