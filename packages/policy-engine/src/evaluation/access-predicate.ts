import type { AttributeSlot, SlotTable } from "../conditions/attribute-slots.js";
import type { CompiledGroup } from "../conditions/compiled-condition.js";
import { setReader } from "../conditions/operand-readers.js";
import type { LeafCondition } from "../document/policy-document.js";
import type { ValueReader } from "../values/reading.js";
import { scalarTypes } from "../values/scalar-types.js";

/** A value that an index can look up. */
export type AccessKey = string | number | bigint | boolean;

/** What an index can look up: a value, or any element of a set. */
type AccessValue = AccessKey | ReadonlySet<AccessKey>;

/** A condition that holds only where the attribute is, or contains, one of the keys. */
export interface EqualityAccess {
  /** The attribute. */
  readonly slot: AttributeSlot<AccessValue>;
  /** The values, each once. */
  readonly keys: readonly AccessKey[];
}

interface AccessFunction {
  readonly reader: ValueReader<AccessValue>;
  readonly readKey: (value: unknown) => AccessKey | undefined;
}

const text: AccessFunction["readKey"] = (value) => valueIn(scalarTypes.string.read(value));
const integer: AccessFunction["readKey"] = (value) => valueIn(scalarTypes.integer.read(value));
const boolean: AccessFunction["readKey"] = (value) => valueIn(scalarTypes.boolean.read(value));

const strings = setReader(scalarTypes.string);

const accessFunctions: ReadonlyMap<string, AccessFunction> = new Map([
  ["string_equal", { reader: scalarTypes.string, readKey: text }],
  ["string_in", { reader: scalarTypes.string, readKey: text }],
  ["integer_equal", { reader: scalarTypes.integer, readKey: integer }],
  ["integer_in", { reader: scalarTypes.integer, readKey: integer }],
  ["boolean_equal", { reader: scalarTypes.boolean, readKey: boolean }],
  ["string_set_contains", { reader: strings, readKey: text }],
  ["string_set_contains_any", { reader: strings, readKey: text }],
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
    : [{ slot: slots.slot(access.reader, condition), keys: [...new Set(keys)] }];
}

function valueIn<T>(
  reading: { readonly state: "read"; readonly value: T } | { readonly state: "failed" },
): T | undefined {
  return reading.state === "read" ? reading.value : undefined;
}
