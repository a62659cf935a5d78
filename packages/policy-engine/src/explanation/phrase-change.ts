import { attributeLabel } from "../conditions/attribute-reference.js";
import type { LeafCondition } from "../document/policy-document.js";
import type { Wish } from "./condition-changes.js";
import { operationOf } from "./condition-operation.js";

/** How a condition that holds, and one that does not, is put into words; the operand follows. */
type Phrases = Readonly<Record<Wish, string>>;

const equal: Phrases = { T: "were", F: "were not" };
const notEqual: Phrases = { T: equal.F, F: equal.T };
const among: Phrases = { T: "were one of", F: "were none of" };

const phrases: Readonly<Record<string, Phrases>> = {
  equal,
  not_equal: notEqual,
  in: among,
  not_in: { T: among.F, F: among.T },
  greater_than: { T: "were greater than", F: "were at most" },
  greater_equal: { T: "were at least", F: "were less than" },
  less_than: { T: "were less than", F: "were at least" },
  less_equal: { T: "were at most", F: "were greater than" },
  between: { T: "were between", F: "were not between" },
  starts_with: { T: "started with", F: "did not start with" },
  ends_with: { T: "ended with", F: "did not end with" },
  contains: { T: "contained", F: "did not contain" },
  set_contains: { T: "contained", F: "did not contain" },
  set_contains_any: { T: "contained one of", F: "contained none of" },
  set_contains_all: { T: "contained all of", F: "did not contain all of" },
  set_contains_none: { T: "contained none of", F: "contained one of" },
  attribute_exists: { T: "were given", F: "were not given" },
  attribute_not_exists: { T: "were not given", F: "were given" },
};

const maximumLength = 100;

/** One condition that would have to answer otherwise, as a clause: "`ext_role` were `manager`". */
export function phraseChange(condition: LeafCondition, wish: Wish, revealValues: boolean): string {
  const subject = `\`${attributeLabel(condition)}\``;
  const operand = operandOf(condition);
  const { operation } = operationOf(condition.function);
  if (operand === undefined) {
    return `${subject} ${phrases[operation]?.[wish] ?? ""}`;
  }
  if (!revealValues) {
    return `${subject} were ${wish === "T" ? "a value that fits" : "another value"}`;
  }
  const phrase = condition.quantifier === undefined ? phrases[operation]?.[wish] : undefined;
  return `${subject} ${phrase ?? inGeneral(condition, wish)} ${operand}`;
}

function inGeneral({ function: name, quantifier }: LeafCondition, wish: Wish): string {
  const spread = quantifier === undefined ? "" : ` in ${quantifier}`;
  return `${wish === "T" ? "passed" : "failed"} \`${name}\`${spread} with`;
}

function operandOf({ value, value_from: reference, offset }: LeafCondition): string | undefined {
  if (reference !== undefined) {
    const shift = offset === undefined ? "" : ` shifted by \`${offset}\``;
    return `the value of \`${attributeLabel(reference)}\`${shift}`;
  }
  return value === undefined ? undefined : quoteLiteral(value);
}

// As JSON, so that line breaks and control characters stay visible and the sentence stays one line.
function quoteLiteral(value: unknown): string {
  const json = JSON.stringify(value);
  const text = typeof value === "string" ? json.slice(1, -1) : json;
  return `\`${text.length > maximumLength ? `${text.slice(0, maximumLength)}…` : text}\``;
}
