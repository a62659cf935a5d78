import type { LeafFunctionName } from "../document/policy-document.js";
import { readAttribute } from "./attribute-slots.js";
import { example } from "./example-values.js";
import type { LeafFunction } from "./leaf-function.js";

/** Functions that only ask whether the attribute is there; they always have an answer. */
export const existenceFunctions: readonly LeafFunction[] = [
  existence("attribute_exists", true),
  existence("attribute_not_exists", false),
];

function existence(name: LeafFunctionName, sought: boolean): LeafFunction {
  return {
    name,
    aliases: [],
    attributeType: "any",
    valueType: null,
    options: [],
    summary: `True when the attribute is ${sought ? "there and not" : "missing or"} null; never an error.`,
    example: example(
      { function: name, attribute: "ext_suspended" },
      sought ? false : null,
      sought ? null : false,
    ),
    operandTypes: () => ({}),
    compile: (condition) => ({
      kind: "leaf",
      evaluate: ({ attributes }) =>
        (readAttribute(condition, attributes) !== undefined) === sought ? "T" : "F",
      explainErrors: () => [],
      readOperands: ({ attributes }) => ({
        actual: readAttribute(condition, attributes),
        expected: undefined,
      }),
    }),
  };
}
