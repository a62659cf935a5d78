import type { LeafCondition } from "../document/policy-document.js";
import type { Wish } from "./condition-changes.js";
import { operationOf } from "./condition-operation.js";

/** What a value is made of. */
interface Ingredients {
  /** The literal of the condition. */
  readonly value: unknown;
  /** What the request holds now. */
  readonly actual: unknown;
}

type MakeValue = (ingredients: Ingredients) => unknown;

const literal: MakeValue = ({ value }) => value;
const firstLiteral: MakeValue = ({ value }) => listOf(value)[0];
const opposite: MakeValue = ({ value }) => value !== true;
const oneMore: MakeValue = ({ value }) => plus(value, 1n);
const oneLess: MakeValue = ({ value }) => plus(value, -1n);
const withLiterals: MakeValue = ({ value, actual }) => [...listOf(actual), ...listOf(value)];
const withoutLiterals: MakeValue = ({ value, actual }) =>
  listOf(actual).filter((element) => !listOf(value).includes(element));

/** By operation, a value that makes a condition true and one that makes it false. */
const makers: Readonly<Record<string, Partial<Record<Wish, MakeValue>>>> = {
  equal: { T: literal },
  not_equal: { F: literal },
  in: { T: firstLiteral },
  not_in: { F: firstLiteral },
  greater_than: { F: literal },
  greater_equal: { T: literal },
  less_than: { F: literal },
  less_equal: { T: literal },
  between: { T: firstLiteral },
  starts_with: { T: literal },
  ends_with: { T: literal },
  contains: { T: literal },
  set_contains: { T: withLiterals, F: withoutLiterals },
  set_contains_any: { T: withLiterals, F: withoutLiterals },
  set_contains_all: { T: withLiterals },
  set_contains_none: { T: withoutLiterals },
  set_equals: { T: literal },
};

const integerMakers: typeof makers = {
  greater_than: { T: oneMore },
  greater_equal: { F: oneLess },
  less_than: { T: oneLess },
  less_equal: { F: oneMore },
};

const booleanMakers: typeof makers = {
  equal: { F: opposite },
  not_equal: { T: opposite },
};

const makersByType: Readonly<Record<string, typeof makers>> = {
  integer: integerMakers,
  boolean: booleanMakers,
};

/**
 * A value of the attribute for which a condition gives the answer wished for; `undefined` when none is at hand.
 * Whether it really does is for an evaluation to tell.
 */
export function fittingValue(condition: LeafCondition, wish: Wish, actual: unknown): unknown {
  const { function: name, value, quantifier } = condition;
  if (value === undefined || quantifier !== undefined) {
    return undefined;
  }
  const { type = "", operation } = operationOf(name);
  const make = makersByType[type]?.[operation]?.[wish] ?? makers[operation]?.[wish];
  return make?.({ value, actual });
}

function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) {
    return value;
  }
  return value === undefined ? [] : [value];
}

// Exact at any size: what JSON would round is written as digits.
function plus(value: unknown, difference: bigint): string | undefined {
  const isInteger = typeof value === "number" || typeof value === "string";
  return isInteger ? String(BigInt(value) + difference) : undefined;
}
