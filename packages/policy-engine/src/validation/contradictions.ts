import { attributeLabel } from "../conditions/attribute-reference.js";
import { isCurrentTime } from "../conditions/local-clock.js";
import type { LeafCondition } from "../document/policy-document.js";
import { compareTexts } from "../values/compare-texts.js";
import { type Scalar, type ScalarTypeName, scalarTypes } from "../values/scalar-types.js";

/** What a conjunction leaves of the values of one attribute. */
interface Remaining {
  readonly low?: Bound;
  readonly high?: Bound;
  readonly oneOf?: readonly Scalar[];
  readonly noneOf: readonly Scalar[];
}

interface Bound {
  readonly value: Scalar;
  readonly isIncluded: boolean;
}

type Constraint = (values: readonly Scalar[]) => Partial<Remaining>;

const constraints: ReadonlyMap<string, Constraint> = new Map<string, Constraint>([
  ["equal", (oneOf) => ({ oneOf })],
  ["in", (oneOf) => ({ oneOf })],
  ["not_equal", (noneOf) => ({ noneOf })],
  ["not_in", (noneOf) => ({ noneOf })],
  ["greater_than", ([value]) => low(value, false)],
  ["greater_equal", ([value]) => low(value, true)],
  ["less_than", ([value]) => high(value, false)],
  ["less_equal", ([value]) => high(value, true)],
  ["between", ([from, to]) => ({ ...low(from, true), ...high(to, true) })],
]);

/** Conditions that all have to hold, by the attribute and the type they read it at. */
export function groupByAttribute(
  conditions: readonly LeafCondition[],
): ReadonlyMap<string, readonly LeafCondition[]> {
  const groups = new Map<string, LeafCondition[]>();
  for (const condition of conditions) {
    const parsed = parseName(condition.function);
    if (parsed !== undefined && isConstant(condition)) {
      const key = `${parsed.type} ${attributeLabel(condition)}`;
      groups.set(key, [...(groups.get(key) ?? []), condition]);
    }
  }
  return groups;
}

/** Whether no value of one attribute makes all the conditions true. */
export function isContradiction(conditions: readonly LeafCondition[]): boolean {
  const remaining = conditions
    .filter(isConstant)
    .map(constraintOf)
    .reduce<Remaining>(intersect, { noneOf: [] });
  return isEmpty(remaining);
}

// SECURITY: a condition that is true of a missing attribute contradicts nothing.
function isConstant(condition: LeafCondition): boolean {
  return (
    condition.value !== undefined &&
    condition.quantifier === undefined &&
    condition.on_missing !== "true" &&
    !isCurrentTime(condition)
  );
}

function constraintOf(condition: LeafCondition): Partial<Remaining> {
  const parsed = parseName(condition.function);
  const constraint = parsed === undefined ? undefined : constraints.get(parsed.operator);
  if (parsed === undefined || constraint === undefined) {
    return {};
  }
  const { read } = scalarTypes[parsed.type];
  const literals: readonly unknown[] = Array.isArray(condition.value)
    ? condition.value
    : [condition.value];
  const readings = literals.map((literal) => read(literal));
  return constraint(
    readings.flatMap((reading) => (reading.state === "read" ? [reading.value] : [])),
  );
}

function parseName(name: string): { type: ScalarTypeName; operator: string } | undefined {
  const [, type = "", operator = ""] = /^([a-z]+)_(.*)$/.exec(name) ?? [];
  return isScalarType(type) && constraints.has(operator) ? { type, operator } : undefined;
}

function isScalarType(name: string): name is ScalarTypeName {
  return Object.hasOwn(scalarTypes, name);
}

function intersect(a: Remaining, b: Partial<Remaining>): Remaining {
  const oneOf = [a.oneOf, b.oneOf].filter((values) => values !== undefined);
  const [first, second = first] = oneOf;
  const lows = [a.low, b.low].filter((bound) => bound !== undefined);
  const highs = [a.high, b.high].filter((bound) => bound !== undefined);
  return {
    ...low(...strictest(lows, 1)),
    ...high(...strictest(highs, -1)),
    ...(first === undefined
      ? {}
      : { oneOf: first.filter((value) => second?.includes(value) === true) }),
    noneOf: [...a.noneOf, ...(b.noneOf ?? [])],
  };
}

function strictest(bounds: readonly Bound[], sign: 1 | -1): [Scalar | undefined, boolean] {
  const [first, second = first] = bounds;
  if (first === undefined || second === undefined) {
    return [undefined, true];
  }
  const order = sign * compareScalars(first.value, second.value);
  if (order === 0) {
    return [first.value, first.isIncluded && second.isIncluded];
  }
  const { value, isIncluded } = order > 0 ? first : second;
  return [value, isIncluded];
}

function isEmpty(remaining: Remaining): boolean {
  const { low: from, high: to, oneOf } = remaining;
  if (oneOf !== undefined) {
    return !oneOf.some((value) => isLeft(value, remaining));
  }
  if (from === undefined || to === undefined) {
    return false;
  }
  const order = compareScalars(from.value, to.value);
  return order > 0 || (order === 0 && !(from.isIncluded && to.isIncluded));
}

function isLeft(value: Scalar, { low: from, high: to, noneOf }: Remaining): boolean {
  return !noneOf.includes(value) && isWithin(value, from, 1) && isWithin(value, to, -1);
}

function isWithin(value: Scalar, bound: Bound | undefined, sign: 1 | -1): boolean {
  const order = bound === undefined ? 1 : sign * compareScalars(value, bound.value);
  return order > 0 || (order === 0 && bound?.isIncluded === true);
}

function low(value: Scalar | undefined, isIncluded: boolean): Partial<Remaining> {
  return value === undefined ? {} : { low: { value, isIncluded } };
}

function high(value: Scalar | undefined, isIncluded: boolean): Partial<Remaining> {
  return value === undefined ? {} : { high: { value, isIncluded } };
}

// Only values of one type meet here, and of those with an order only texts are not numbers.
function compareScalars(a: Scalar, b: Scalar): number {
  if (typeof a === "string" && typeof b === "string") {
    return compareTexts(a, b);
  }
  return a < b ? -1 : Number(a > b);
}
