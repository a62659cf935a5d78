import type { LeafFunctionName } from "../document/policy-document.js";
import { type OrderedType, type Scalar, scalarTypes } from "../values/scalar-types.js";
import { example, exampleValues } from "./example-values.js";
import { comparison, type LeafFunction } from "./leaf-function.js";
import { localDateReader, localTimeReader } from "./local-clock.js";
import type { OperandReader } from "./operand.js";
import { literalReader, type Range, rangeReader } from "./operand-readers.js";

/** One of the four orders. */
export interface Order {
  /** What follows the type in a function's name. */
  readonly suffix: "greater_than" | "greater_equal" | "less_than" | "less_equal";
  /** Older and longer names of it. */
  readonly aliases: readonly string[];
  /** How it reads in a sentence. */
  readonly wording: string;
  /** Whether it holds for the sign of what `compare` gave. */
  readonly holds: (sign: number) => boolean;
  /** The same against one value of a type that is held as a number. */
  readonly numbers: (expected: Scalar) => (actual: Scalar) => boolean;
  /** Which of three values in order make it true and false of the middle one. */
  readonly example: readonly [0 | 1 | 2, 0 | 1 | 2];
}

/** The four orders. */
export const orders: readonly Order[] = [
  {
    suffix: "greater_than",
    aliases: [],
    wording: "greater than",
    holds: (sign) => sign > 0,
    numbers: (expected) => (actual) => actual > expected,
    example: [2, 1],
  },
  {
    suffix: "greater_equal",
    aliases: ["greater_than_or_equal"],
    wording: "greater than or equal to",
    holds: (sign) => sign >= 0,
    numbers: (expected) => (actual) => actual >= expected,
    example: [1, 0],
  },
  {
    suffix: "less_than",
    aliases: [],
    wording: "less than",
    holds: (sign) => sign < 0,
    numbers: (expected) => (actual) => actual < expected,
    example: [0, 1],
  },
  {
    suffix: "less_equal",
    aliases: ["less_than_or_equal"],
    wording: "less than or equal to",
    holds: (sign) => sign <= 0,
    numbers: (expected) => (actual) => actual <= expected,
    example: [1, 2],
  },
];

/** The four orders and `T_between` for every type that has an order. */
export const orderFunctions: readonly LeafFunction[] = [
  ...ofType(scalarTypes.string),
  ...ofType(scalarTypes.integer),
  ...ofType(scalarTypes.double),
  ...ofType(scalarTypes.date, localDateReader),
  ...ofType(scalarTypes.time, localTimeReader),
  ...ofType(scalarTypes.datetime),
];

function ofType<T extends Scalar>(
  type: OrderedType<T>,
  reader: OperandReader<T> = type,
): readonly LeafFunction[] {
  const family = { type, reader };
  return [...orders.map((order) => ordering(family, order)), between(family)];
}

/** A type, and how its attributes are read. */
interface Family<T extends Scalar> {
  readonly type: OrderedType<T>;
  readonly reader: OperandReader<T>;
}

function ordering<T extends Scalar>({ type, reader }: Family<T>, order: Order): LeafFunction {
  const { single, values } = exampleValues[type.name];
  const [ifTrue, ifFalse] = order.example;
  const name: LeafFunctionName = `${type.name}_${order.suffix}`;
  return comparison<T, T>({
    name,
    shape: "single",
    aliases: order.aliases.map((alias) => `${type.name}_${alias}`),
    attributeType: type.name,
    valueType: type.name,
    attribute: reader,
    literal: literalReader(type),
    dynamic: reader,
    ...(type.offset === undefined ? {} : { offset: type.offset }),
    holds: (actual, expected) => order.holds(type.compare(actual, expected)),
    // Texts are the one ordered type that JavaScript would compare in an order of its own.
    ...(type.name === "string" ? {} : { holdsFor: order.numbers }),
    summary: `True when the attribute is ${order.wording} the value.`,
    example: example(
      { function: name, ...single, value: values[1] },
      values[ifTrue],
      values[ifFalse],
    ),
  });
}

function between<T extends Scalar>({ type, reader }: Family<T>): LeafFunction {
  const { single, values } = exampleValues[type.name];
  const [low, middle, high] = values;
  const name: LeafFunctionName = `${type.name}_between`;
  return comparison<T, Range<T>>({
    name,
    shape: "single",
    aliases: [],
    attributeType: type.name,
    valueType: `${type.name}_range`,
    attribute: reader,
    literal: rangeReader(type),
    holds: (actual, [lowest, highest]) =>
      type.compare(actual, lowest) >= 0 && type.compare(actual, highest) <= 0,
    summary: "True when the attribute lies between the two values, or is one of them.",
    example: example({ function: name, ...single, value: [low, middle] }, middle, high),
  });
}
