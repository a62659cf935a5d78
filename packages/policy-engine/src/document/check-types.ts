import { attributeLabel, type AttributeReference } from "../conditions/attribute-reference.js";
import { leafFunctions } from "../conditions/leaf-functions.js";
import type { LeafCondition } from "./policy-document.js";
import { type DocumentPath, type LocatedProblem, quote } from "./policy-problem.js";

/** The type an attribute is known to have, by its label; `undefined` when nothing is known. */
export type KnownTypes = (label: string) => string | undefined;

/** Types that read some values of others; every other type reads itself alone. */
const alsoReads: ReadonlyMap<string, readonly string[]> = new Map([
  ["double", ["integer"]],
  ["datetime", ["numeric_date"]],
  ["email_pattern", ["string", "email"]],
  ["cidr_list", ["string", "ip"]],
]);

/** Where a condition reads an attribute at a type, or in a number, that the attribute does not have. */
export function checkTypes(
  condition: LeafCondition,
  path: DocumentPath,
  known: KnownTypes,
): LocatedProblem[] {
  const { attribute, value } = leafFunctions[condition.function].operandTypes(condition);
  const { value_from: reference, quantifier } = condition;
  const isSingle = quantifier === undefined;
  return [
    ...checkOperand({ reference: condition, expected: attribute, isSingle }, path, known),
    ...(reference === undefined
      ? []
      : checkOperand(
          { reference, expected: value, isSingle: true },
          [...path, "value_from"],
          known,
        )),
  ];
}

interface Operand {
  readonly reference: AttributeReference;
  readonly expected: string | undefined;
  readonly isSingle: boolean;
}

function checkOperand(
  { reference, expected, isSingle }: Operand,
  path: DocumentPath,
  known: KnownTypes,
): LocatedProblem[] {
  const label = attributeLabel(reference);
  const actual = known(label);
  if (expected === undefined || expected === "any_set" || actual === undefined) {
    return [];
  }
  const place = [...path, "attribute"];
  if (!readsElement(elementOf(expected), elementOf(actual))) {
    const message = `${quote(label)} is of the type \`${actual}\`, which is not read as \`${expected}\``;
    return [{ path: place, code: "TYPE_MISMATCH", message }];
  }
  const message = `${quote(label)} holds a set; ask with a function on sets or with a \`quantifier\``;
  return isSingle && isSet(actual) && !isSet(expected)
    ? [{ path: place, code: "CARDINALITY", message, suggestion: "quantifier" }]
    : [];
}

/** Whether a type is read from values of another. */
export function readsElement(expected: string, actual: string): boolean {
  return expected === actual || alsoReads.get(expected)?.includes(actual) === true;
}

/** The type of the elements of a set, or the type itself. */
export function elementOf(type: string): string {
  return type.replace(/_set$/, "");
}

function isSet(type: string): boolean {
  return type.endsWith("_set") || type === "cidr_list";
}
