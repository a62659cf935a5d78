import type { LeafCondition } from "../document/policy-document.js";
import type { Reading, ReadingFailure, ValueReader } from "../values/reading.js";
import type { OffsetType } from "../values/scalar-types.js";
import { attributeLabel } from "./attribute-reference.js";
import {
  type AttributeSlot,
  type Resolution,
  type ResolvedRequest,
  type SlotTable,
  valueOfSlot,
} from "./attribute-slots.js";
import type { CompiledLeaf, LeafFailure } from "./compiled-condition.js";
import {
  attributeOperand,
  literalOperand,
  type Operand,
  type OperandReader,
  readerFor,
  shifted,
  withDefault,
} from "./operand.js";
import { eachReader } from "./operand-readers.js";
import type { Truth } from "./truth.js";

/** How two operands are read and compared. */
export interface Comparison<A, V> {
  /** Reads the attribute. */
  readonly attribute: OperandReader<A>;
  /** Reads the literal. */
  readonly literal: ValueReader<V>;
  /** Reads the attribute of `value_from`; absent when only a literal will do. */
  readonly dynamic?: OperandReader<V>;
  /** What may be added to the value of `value_from`. */
  readonly offset?: OffsetType<V>;
  /** What `on_missing: "empty"` stands for. */
  readonly emptyAttribute?: A;
  /** What `value_on_missing: "empty"` stands for. */
  readonly emptyValue?: V;
  /** Whether it holds. */
  readonly holds: (actual: A, expected: V) => boolean;
  /** The same against one literal, where that is quicker. */
  readonly holdsFor?: (expected: V) => (actual: A) => boolean;
}

/** An answer, or why there is none. */
type Verdict = boolean | readonly LeafFailure[];

/** A comparison whose operands are known. */
interface Prepared<A, V> {
  readonly condition: LeafCondition;
  readonly value: Operand<V>;
  readonly holds: (actual: A, expected: V) => boolean;
}

const excuses = { error: undefined, empty: undefined, false: false, true: true } as const;

/**
 * Turns one condition into closures.
 *
 * @throws TypeError when the condition did not come out of `parsePolicy`.
 */
export function compileComparison<A, V>(
  parts: Comparison<A, V>,
  condition: LeafCondition,
  slots: SlotTable,
): CompiledLeaf {
  const reader = readerFor(parts.attribute, condition, condition);
  const prepared = {
    condition,
    value: valueOperand(parts, condition, slots),
    holds: parts.holds,
  };
  const slot = slots.slot(reader, condition);
  const single = attributeOperand(reader, condition, slots);
  const empty = condition.on_missing === "empty" ? parts.emptyAttribute : undefined;
  const judge =
    condition.quantifier === undefined
      ? judgeOne(prepared, withDefault(single, empty))
      : judgeEach(prepared, attributeOperand(eachReader(reader), condition, slots));
  return {
    kind: "leaf",
    evaluate: evaluateQuickly(parts, prepared, { slot, judge }),
    explainErrors(request) {
      const verdict = judge(request);
      return typeof verdict === "boolean" ? [] : verdict;
    },
    readOperands: (request) => ({
      actual: single.readRaw(request),
      expected: prepared.value.readRaw(request),
    }),
  };
}

// Almost every condition is one plain value against one literal: it is answered on the spot, and only what
// that cannot answer is resolved and judged.
function evaluateQuickly<A, V>(
  { holds, holdsFor }: Comparison<A, V>,
  { condition, value }: Prepared<A, V>,
  { slot, judge }: { slot: AttributeSlot<A>; judge: (request: ResolvedRequest) => Verdict },
): CompiledLeaf["evaluate"] {
  const { literal } = value;
  if (literal === undefined || condition.quantifier !== undefined) {
    return (request) => toTruth(judge(request));
  }
  const expected = literal.value;
  const test = holdsFor?.(expected) ?? ((actual: A) => holds(actual, expected));
  return (request) => {
    const actual = valueOfSlot(slot, request);
    return toTruth(actual === undefined ? judge(request) : test(actual));
  };
}

function toTruth(verdict: Verdict): Truth {
  if (typeof verdict !== "boolean") {
    return "E";
  }
  return verdict ? "T" : "F";
}

function valueOperand<A, V>(
  { literal, dynamic, offset, emptyValue }: Comparison<A, V>,
  condition: LeafCondition,
  slots: SlotTable,
): Operand<V> {
  const { value, value_from: reference } = condition;
  if (reference === undefined || dynamic === undefined) {
    return literalOperand(readLiteral(literal.read(value), condition), value);
  }
  const operand = attributeOperand(readerFor(dynamic, reference, condition), reference, slots);
  const shift = condition.offset === undefined ? undefined : offset?.read(condition.offset);
  return shift === undefined
    ? withDefault(operand, condition.value_on_missing === "empty" ? emptyValue : undefined)
    : shifted(operand, shift);
}

function readLiteral<V>(reading: Reading<V>, condition: LeafCondition): V {
  if (reading.state === "failed") {
    throw new TypeError(`\`${condition.function}\` has a value of another type`);
  }
  return reading.value;
}

function judgeOne<A, V>(
  prepared: Prepared<A, V>,
  attribute: Operand<A>,
): (request: ResolvedRequest) => Verdict {
  const { value, holds } = prepared;
  return (request) => {
    const actual = attribute.resolve(request);
    const expected = value.resolve(request);
    return actual.state === "read" && expected.state === "read"
      ? holds(actual.value, expected.value)
      : judgeWithout(prepared, { attribute, actual, expected });
  };
}

function judgeEach<A, V>(
  prepared: Prepared<A, V>,
  attribute: Operand<readonly Reading<A>[]>,
): (request: ResolvedRequest) => Verdict {
  const { condition, value, holds } = prepared;
  const sought = condition.quantifier === "any";
  return (request) => {
    const actual = attribute.resolve(request);
    const expected = value.resolve(request);
    if (actual.state !== "read" || expected.state !== "read") {
      return judgeWithout(prepared, { attribute, actual, expected });
    }
    if (actual.value.length === 0 && !sought) {
      return judgeEmpty(condition, attribute);
    }
    const found = actual.value.some(
      (element) => element.state === "read" && holds(element.value, expected.value) === sought,
    );
    const bad = found ? undefined : actual.value.find(isFailure);
    return bad === undefined ? found === sought : [attribute.explain(bad)];
  };
}

// "All of nothing" is true in logic and a trap in policies: it is an error unless its author says otherwise.
function judgeEmpty(condition: LeafCondition, attribute: Operand<unknown>): Verdict {
  const answer = excuses[condition.on_empty ?? "error"];
  const { expected } = attribute.explain({ state: "missing" });
  return (
    answer ?? [{ code: "empty_set", attribute: attributeLabel(condition), expected, actual: "set" }]
  );
}

// SECURITY: only absence can be excused. A value that is there but ill-typed is an error, always, and so
// is a comparison whose other side is missing.
function judgeWithout<A, V>(
  { condition, value }: Prepared<A, V>,
  operands: {
    readonly attribute: Operand<unknown>;
    readonly actual: Resolution<unknown>;
    readonly expected: Resolution<V>;
  },
): Verdict {
  const { attribute, actual, expected } = operands;
  const excuse = actual.state === "missing" ? excuses[condition.on_missing ?? "error"] : undefined;
  const failures = [
    ...(actual.state === "read" || excuse !== undefined ? [] : [attribute.explain(actual)]),
    ...(expected.state === "read" ? [] : [value.explain(expected)]),
  ];
  return failures.length === 0 && excuse !== undefined ? excuse : failures;
}

function isFailure<T>(reading: Reading<T>): reading is ReadingFailure {
  return reading.state === "failed";
}
