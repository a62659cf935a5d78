import type { LeafCondition, LeafFunctionName } from "../document/policy-document.js";
import type { Reading } from "../values/reading.js";
import type { OffsetType, Scalar } from "../values/scalar-types.js";
import type { SlotTable } from "./attribute-slots.js";
import { compileComparison, type Comparison } from "./compile-comparison.js";
import type { CompiledLeaf } from "./compiled-condition.js";
import type { ConditionOption, FunctionDescription } from "./function-description.js";
import { readerFor } from "./operand.js";

/** A condition function on one attribute: its description, and how it is checked and evaluated. */
export interface LeafFunction extends FunctionDescription {
  /** Its canonical name. */
  readonly name: LeafFunctionName;
  /** Reads the literal of a condition in the form this function needs; `undefined` when it takes none. */
  readonly readValue?: (value: unknown) => Reading<unknown>;
  /** What `offset` may be; absent when the function takes none. */
  readonly offset?: Pick<OffsetType<Scalar>, "noun"> & {
    readonly isOffset: (raw: unknown) => boolean;
  };
  /** The types one condition reads its operands at; empty for a function that reads anything. */
  readonly operandTypes: (condition: LeafCondition) => OperandTypes;
  /** @throws TypeError when the condition did not come out of `parsePolicy`. */
  readonly compile: (condition: LeafCondition, slots: SlotTable) => CompiledLeaf;
}

/** What the operands of one condition have to be. */
export interface OperandTypes {
  /** The type of its attribute. */
  readonly attribute?: string;
  /** The type of the attribute of `value_from`. */
  readonly value?: string;
}

/** A function that compares the attribute with a literal or with another attribute. */
export interface ComparisonFunction<A, V>
  extends Omit<FunctionDescription, "options">, Comparison<A, V> {
  /** Its canonical name. */
  readonly name: LeafFunctionName;
  /** Whether it asks about single values, which `quantifier` spreads over sets, or about sets. */
  readonly shape: "single" | "set" | "moment";
}

/** Makes the row of the table out of a comparison. */
export function comparison<A, V>(parts: ComparisonFunction<A, V>): LeafFunction {
  const { name, aliases, attributeType, valueType, summary, example, offset } = parts;
  return {
    name,
    aliases,
    attributeType,
    valueType,
    summary,
    example,
    options: optionsOf(parts),
    readValue: parts.literal.read,
    ...(offset === undefined
      ? {}
      : { offset: { noun: offset.noun, isOffset: (raw) => offset.read(raw) !== undefined } }),
    operandTypes: (condition) => operandTypes(parts, condition),
    compile: (condition, slots) => compileComparison(parts, condition, slots),
  };
}

function operandTypes<A, V>(parts: Comparison<A, V>, condition: LeafCondition): OperandTypes {
  const { value_from: reference } = condition;
  const attribute = readerFor(parts.attribute, condition, condition).name;
  return reference === undefined || parts.dynamic === undefined
    ? { attribute }
    : { attribute, value: readerFor(parts.dynamic, reference, condition).name };
}

function optionsOf<A, V>(parts: ComparisonFunction<A, V>): readonly ConditionOption[] {
  const fromAttribute = parts.dynamic !== undefined;
  return [
    "on_missing",
    ...when(fromAttribute, "value_from"),
    ...when(fromAttribute && parts.emptyValue !== undefined, "value_on_missing"),
    ...when(parts.offset !== undefined, "offset"),
    ...when(parts.shape === "single", "quantifier", "on_empty"),
    ...when(typeof parts.attribute === "function", "time_zone"),
  ];
}

function when(holds: boolean, ...options: readonly ConditionOption[]): readonly ConditionOption[] {
  return holds ? options : [];
}
