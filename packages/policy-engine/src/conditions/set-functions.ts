import type { LeafFunctionName } from "../document/policy-document.js";
import { type Scalar, type ScalarType, scalarTypes } from "../values/scalar-types.js";
import { example, exampleValues } from "./example-values.js";
import { comparison, type LeafFunction } from "./leaf-function.js";
import { listReader, literalReader, setReader, sizeReader } from "./operand-readers.js";
import { type Order, orders } from "./order-functions.js";

/** One relation between two sets. */
interface Relation {
  readonly suffix: "contains_any" | "contains_all" | "contains_none" | "subset_of" | "equals";
  readonly alias?: string;
  readonly wording: string;
  readonly holds: (actual: ReadonlySet<Scalar>, expected: ReadonlySet<Scalar>) => boolean;
  /** Which of three values are in the list, in a set that makes it true and in one that makes it false. */
  readonly example: Readonly<Record<"list" | "trueFor" | "falseFor", readonly (0 | 1 | 2)[]>>;
}

const relations: readonly Relation[] = [
  {
    suffix: "contains_any",
    alias: "at_least_one_member_of",
    wording: "at least one of the values is in the set",
    holds: (actual, expected) => !areDisjoint(actual, expected),
    example: { list: [0, 1], trueFor: [1], falseFor: [] },
  },
  {
    suffix: "contains_all",
    wording: "every one of the values is in the set, which may hold more",
    holds: (actual, expected) => isSubset(expected, actual),
    example: { list: [0, 1], trueFor: [0, 1], falseFor: [1] },
  },
  {
    suffix: "contains_none",
    wording: "none of the values is in the set",
    holds: areDisjoint,
    example: { list: [1], trueFor: [0], falseFor: [0, 1] },
  },
  {
    suffix: "subset_of",
    alias: "subset",
    wording: "every element of the set is one of the values",
    holds: isSubset,
    example: { list: [1], trueFor: [1], falseFor: [0, 1] },
  },
  {
    suffix: "equals",
    wording: "the set holds the values and nothing else, in any order",
    holds: (actual, expected) => actual.size === expected.size && isSubset(actual, expected),
    example: { list: [0, 1], trueFor: [1, 0, 1], falseFor: [0] },
  },
];

/** `T_set_contains` and the relations between two sets for every type, and the sizes of sets of any type. */
export const setFunctions: readonly LeafFunction[] = [
  ...ofType(scalarTypes.string),
  ...ofType(scalarTypes.integer),
  ...ofType(scalarTypes.double),
  ...ofType(scalarTypes.boolean),
  ...ofType(scalarTypes.date),
  ...ofType(scalarTypes.time),
  ...ofType(scalarTypes.datetime),
  ...ofType(scalarTypes.ip),
  ...ofType(scalarTypes.email),
  ...orders.map((order) => sizeFunction(`set_size_${order.suffix}`, order)),
  sizeFunction("set_size_equal", {
    wording: "equal to",
    holds: (difference) => difference === 0,
    example: [1, 0],
  }),
  sizeFunction("set_size_not_equal", {
    wording: "not equal to",
    holds: (difference) => difference !== 0,
    example: [0, 1],
  }),
];

function ofType<T extends Scalar>(type: ScalarType<T>): readonly LeafFunction[] {
  return [contains(type), ...relations.map((relation) => setRelation(type, relation))];
}

function contains<T extends Scalar>(type: ScalarType<T>): LeafFunction {
  const { set, values } = exampleValues[type.name];
  const [low, middle] = values;
  const name: LeafFunctionName = `${type.name}_set_contains`;
  return comparison<ReadonlySet<T>, T>({
    name,
    shape: "set",
    aliases: [],
    attributeType: `${type.name}_set`,
    valueType: type.name,
    attribute: setReader(type),
    literal: literalReader(type),
    dynamic: type,
    emptyAttribute: new Set(),
    holds: (actual, expected) => actual.has(expected),
    summary: "True when the value is in the set; a single value is a set of one.",
    example: example({ function: name, ...set, value: middle }, [low, middle], [low]),
  });
}

function setRelation<T extends Scalar>(type: ScalarType<T>, relation: Relation): LeafFunction {
  const { set, values } = exampleValues[type.name];
  const pick = (indexes: readonly (0 | 1 | 2)[]) => indexes.map((index) => values[index]);
  const name: LeafFunctionName = `${type.name}_set_${relation.suffix}`;
  const empty: ReadonlySet<T> = new Set();
  return comparison<ReadonlySet<T>, ReadonlySet<T>>({
    name,
    shape: "set",
    aliases: relation.alias === undefined ? [] : [`${type.name}_${relation.alias}`],
    attributeType: `${type.name}_set`,
    valueType: `${type.name}_list`,
    attribute: setReader(type),
    literal: listReader(type),
    dynamic: setReader(type),
    emptyAttribute: empty,
    emptyValue: empty,
    holds: relation.holds,
    summary: `True when ${relation.wording}.`,
    example: example(
      { function: name, ...set, value: pick(relation.example.list) },
      pick(relation.example.trueFor),
      pick(relation.example.falseFor),
    ),
  });
}

function sizeFunction(
  name: LeafFunctionName,
  { wording, holds, example: [ifTrue, ifFalse] }: Pick<Order, "wording" | "holds" | "example">,
): LeafFunction {
  const roles = ["reader", "editor", "owner"];
  return comparison<number, number | bigint>({
    name,
    shape: "set",
    aliases: [],
    attributeType: "any_set",
    valueType: "integer",
    attribute: sizeReader,
    literal: scalarTypes.integer,
    dynamic: scalarTypes.integer,
    emptyAttribute: 0,
    holds: (actual, expected) => holds(scalarTypes.integer.compare(actual, expected)),
    summary: `True when the number of values, repeated ones counted, is ${wording} the value.`,
    example: example(
      { function: name, attribute: "ext_roles", value: 2 },
      roles.slice(0, ifTrue + 1),
      roles.slice(0, ifFalse + 1),
    ),
  });
}

function isSubset(inner: ReadonlySet<Scalar>, outer: ReadonlySet<Scalar>): boolean {
  return inner.size <= outer.size && [...inner].every((element) => outer.has(element));
}

function areDisjoint(a: ReadonlySet<Scalar>, b: ReadonlySet<Scalar>): boolean {
  const [smaller, larger] = a.size <= b.size ? [a, b] : [b, a];
  return ![...smaller].some((element) => larger.has(element));
}
