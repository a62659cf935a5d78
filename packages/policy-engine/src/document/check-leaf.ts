import { type AttributeReference, metadataAttribute } from "../conditions/attribute-reference.js";
import { leafFunctions } from "../conditions/leaf-functions.js";
import { isCurrentTime } from "../conditions/local-clock.js";
import { standardAttributes } from "../conditions/standard-attributes.js";
import type { LeafCondition } from "./policy-document.js";
import {
  type DocumentPath,
  type LocatedProblem,
  type PolicyProblemCode,
  quote,
} from "./policy-problem.js";
import { checkTypes } from "./check-types.js";

/** What is wrong with the parts of a condition beside each other. */
export function checkLeaf(condition: LeafCondition, path: DocumentPath): LocatedProblem[] {
  const { value_from: reference } = condition;
  return [
    ...checkReference(condition, path),
    ...(reference === undefined ? [] : checkReference(reference, [...path, "value_from"])),
    ...checkOperands(condition, path),
    ...checkOptions(condition, path),
    ...checkTypes(condition, path, (attribute) => standardAttributes.get(attribute)),
  ];
}

function checkReference(reference: AttributeReference, path: DocumentPath): LocatedProblem[] {
  const { attribute, metadata_key: key, metadata_path: keys } = reference;
  if (attribute !== metadataAttribute) {
    return [
      ...(key === undefined ? [] : [goesWith([...path, "metadata_key"], metadataAttribute)]),
      ...(keys === undefined ? [] : [goesWith([...path, "metadata_path"], metadataAttribute)]),
    ];
  }
  if (key === undefined && keys === undefined) {
    const message = `\`${metadataAttribute}\` needs a \`metadata_key\` or a \`metadata_path\``;
    return [problem("METADATA_KEY_REQUIRED", path, message)];
  }
  return key !== undefined && keys !== undefined
    ? [exclude([...path, "metadata_path"], "metadata_key")]
    : [];
}

function checkOperands(condition: LeafCondition, path: DocumentPath): LocatedProblem[] {
  const { value, value_from: reference } = condition;
  if (leafFunctions[condition.function].valueType === null) {
    return [];
  }
  if (value === undefined && reference === undefined) {
    const message = `${quote(condition.function)} needs a value`;
    return [problem("VALUE_REQUIRED", [...path, "value"], message)];
  }
  return value !== undefined && reference !== undefined
    ? [exclude([...path, "value_from"], "value")]
    : [];
}

function checkOptions(condition: LeafCondition, path: DocumentPath): LocatedProblem[] {
  return needs.flatMap(({ option, other, isThere }) =>
    condition[option] !== undefined && !isThere(condition)
      ? [goesWith([...path, option], other)]
      : [],
  );
}

/** An option that says nothing where something else is not there. */
interface Need {
  readonly option: "offset" | "value_on_missing" | "on_empty" | "time_zone";
  readonly other: string;
  readonly isThere: (condition: LeafCondition) => boolean;
}

const needs: readonly Need[] = [
  { option: "offset", other: "value_from", isThere: comparesAttributes },
  { option: "value_on_missing", other: "value_from", isThere: comparesAttributes },
  {
    option: "on_empty",
    other: "quantifier: all",
    isThere: ({ quantifier }) => quantifier === "all",
  },
  { option: "time_zone", other: "current_time", isThere: readsClock },
];

function comparesAttributes({ value_from: reference }: LeafCondition): boolean {
  return reference !== undefined;
}

// Functions on moments take any date-time; dates and times have a zone only where they are made of one.
function readsClock(condition: LeafCondition): boolean {
  const { value_from: reference } = condition;
  return (
    !leafFunctions[condition.function].options.includes("quantifier") ||
    isCurrentTime(condition) ||
    (reference !== undefined && isCurrentTime(reference))
  );
}

function goesWith(path: DocumentPath, other: string): LocatedProblem {
  const option = String(path.at(-1));
  return {
    path,
    code: "UNKNOWN_PROPERTY",
    message: `\`${option}\` goes with \`${other}\` only`,
    suggestion: other,
  };
}

function exclude(path: DocumentPath, other: string): LocatedProblem {
  const message = `either \`${other}\` or \`${String(path.at(-1))}\`, not both`;
  return problem("PROPERTY_VALUE", path, message);
}

function problem(code: PolicyProblemCode, path: DocumentPath, message: string): LocatedProblem {
  return { path, code, message };
}
