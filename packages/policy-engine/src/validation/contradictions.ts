import { attributeLabel } from "../conditions/attribute-reference.js";
import { isCurrentTime } from "../conditions/local-clock.js";
import type { LeafCondition } from "../document/policy-document.js";
import { compareTexts } from "../values/compare-texts.js";
import { type Scalar, type ScalarTypeName, scalarTypes } from "../values/scalar-types.js";

/** What one condition asks of its attribute. */
interface Constraint {
  readonly low?: Bound;
  readonly high?: Bound;
  readonly oneOf?: readonly Scalar[];
  readonly noneOf?: readonly Scalar[];
}

interface Bound {
  readonly value: Scalar;
  readonly isIncluded: boolean;
}

type ConstraintMaker = (values: readonly Scalar[]) => Constraint;

const constraints: ReadonlyMap<string, ConstraintMaker> = new Map<string, ConstraintMaker>([
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
      const group = groups.get(key) ?? [];
      group.push(condition);
      groups.set(key, group);
    }
  }
  return groups;
}

/** Whether no value of one attribute makes all the conditions true. */
export function isContradiction(conditions: readonly LeafCondition[]): boolean {
  const asked = conditions.filter(isConstant).map(constraintOf);
  const from = strictest(
    asked.map((each) => each.low),
    1,
  );
  const to = strictest(
    asked.map((each) => each.high),
    -1,
  );
  const lists = asked.flatMap(({ oneOf }) => (oneOf === undefined ? [] : [new Set(oneOf)]));
  const [first, ...others] = lists;
  if (first === undefined) {
    return isEmptyRange(from, to);
  }
  const excluded = new Set(asked.flatMap(({ noneOf = [] }) => noneOf));
  return ![...first].some(
    (value) =>
      others.every((list) => list.has(value)) &&
      !excluded.has(value) &&
      isWithin(value, from, 1) &&
      isWithin(value, to, -1),
  );
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

function constraintOf(condition: LeafCondition): Constraint {
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

function strictest(bounds: readonly (Bound | undefined)[], sign: 1 | -1): Bound | undefined {
  return bounds
    .filter((bound) => bound !== undefined)
    .reduce<Bound | undefined>((best, bound) => {
      const order = best === undefined ? 1 : sign * compareScalars(bound.value, best.value);
      return order > 0 || (order === 0 && !bound.isIncluded) ? bound : best;
    }, undefined);
}

function isEmptyRange(from: Bound | undefined, to: Bound | undefined): boolean {
  if (from === undefined || to === undefined) {
    return false;
  }
  const order = compareScalars(from.value, to.value);
  return order > 0 || (order === 0 && !(from.isIncluded && to.isIncluded));
}

function isWithin(value: Scalar, bound: Bound | undefined, sign: 1 | -1): boolean {
  const order = bound === undefined ? 1 : sign * compareScalars(value, bound.value);
  return order > 0 || (order === 0 && bound?.isIncluded === true);
}

function low(value: Scalar | undefined, isIncluded: boolean): Constraint {
  return value === undefined ? {} : { low: { value, isIncluded } };
}

function high(value: Scalar | undefined, isIncluded: boolean): Constraint {
  return value === undefined ? {} : { high: { value, isIncluded } };
}

// Only values of one type meet here, and of those with an order only texts are not numbers.
function compareScalars(a: Scalar, b: Scalar): number {
  if (typeof a === "string" && typeof b === "string") {
    return compareTexts(a, b);
  }
  return a < b ? -1 : Number(a > b);
}
