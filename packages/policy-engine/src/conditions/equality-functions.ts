import type { LeafFunctionName } from "../document/policy-document.js";
import { type Scalar, type ScalarType, scalarTypes } from "../values/scalar-types.js";
import { example, exampleValues } from "./example-values.js";
import { comparison, type LeafFunction } from "./leaf-function.js";
import { localDateReader, localTimeReader } from "./local-clock.js";
import type { OperandReader } from "./operand.js";
import { listReader, literalReader, setReader } from "./operand-readers.js";

/** `T_equal`, `T_not_equal`, `T_in` and `T_not_in` for every type. */
export const equalityFunctions: readonly LeafFunction[] = [
  ...ofType(scalarTypes.string),
  ...ofType(scalarTypes.integer),
  ...ofType(scalarTypes.double),
  ...ofType(scalarTypes.boolean),
  ...ofType(scalarTypes.date, localDateReader),
  ...ofType(scalarTypes.time, localTimeReader),
  ...ofType(scalarTypes.datetime),
  ...ofType(scalarTypes.ip),
  ...ofType(scalarTypes.email),
];

function ofType<T extends Scalar>(
  type: ScalarType<T>,
  reader: OperandReader<T> = type,
): readonly LeafFunction[] {
  const family = { type, reader };
  return [
    equality(family, `${type.name}_equal`, true),
    equality(family, `${type.name}_not_equal`, false),
    membership(family, `${type.name}_in`, true),
    membership(family, `${type.name}_not_in`, false),
  ];
}

/** A type, and how its attributes are read. */
interface Family<T extends Scalar> {
  readonly type: ScalarType<T>;
  readonly reader: OperandReader<T>;
}

function equality<T extends Scalar>(
  { type, reader }: Family<T>,
  name: LeafFunctionName,
  sought: boolean,
): LeafFunction {
  const { single, values, equality: manner } = exampleValues[type.name];
  const [low, middle] = values;
  return comparison<T, T>({
    name,
    shape: "single",
    aliases: [],
    attributeType: type.name,
    valueType: type.name,
    attribute: reader,
    literal: literalReader(type),
    dynamic: reader,
    ...(type.offset === undefined ? {} : { offset: type.offset }),
    holds: (actual, expected) => (actual === expected) === sought,
    holdsFor: (expected) =>
      sought ? (actual) => actual === expected : (actual) => actual !== expected,
    summary: `True when the attribute is ${sought ? "" : "not "}equal to the value${manner}.`,
    example: example(
      { function: name, ...single, value: middle },
      sought ? middle : low,
      sought ? low : middle,
    ),
  });
}

function membership<T extends Scalar>(
  { type, reader }: Family<T>,
  name: LeafFunctionName,
  sought: boolean,
): LeafFunction {
  const { single, values } = exampleValues[type.name];
  const [low, middle, high] = values;
  const list = low === high ? [middle] : [middle, high];
  return comparison<T, ReadonlySet<T>>({
    name,
    shape: "single",
    aliases: sought ? [`${type.name}_is_in`] : [],
    attributeType: type.name,
    valueType: `${type.name}_list`,
    attribute: reader,
    literal: listReader(type),
    dynamic: setReader(type),
    emptyValue: new Set(),
    holds: (actual, expected) => expected.has(actual) === sought,
    summary: `True when the attribute is ${sought ? "one" : "none"} of the values.`,
    example: example(
      { function: name, ...single, value: list },
      sought ? middle : low,
      sought ? low : middle,
    ),
  });
}
