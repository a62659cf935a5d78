import type { LeafCondition } from "../document/policy-document.js";
import { read, type ValueReader } from "../values/reading.js";
import { type AttributeReference, attributeLabel } from "./attribute-reference.js";
import {
  readAttribute,
  type Resolution,
  type ResolvedRequest,
  resolveSlot,
  type SlotTable,
} from "./attribute-slots.js";
import type { LeafFailure } from "./compiled-condition.js";

/** Why an operand has no value. */
export type Unread = Exclude<Resolution<never>, { readonly state: "read" }>;

/** One side of a comparison. */
export interface Operand<T> {
  /** Its value, when it is the same for every request. */
  readonly literal?: { readonly value: T };
  /** Its value in a request. */
  readonly resolve: (request: ResolvedRequest) => Resolution<T>;
  /** What to report where it has none. */
  readonly explain: (unread: Unread) => LeafFailure;
  /** Its value as given, for people; `undefined` when it is missing. */
  readonly readRaw: (request: ResolvedRequest) => unknown;
}

/** Reads an operand at one type, or at one that follows from the attribute it stands for. */
export type OperandReader<T> =
  ValueReader<T> | ((reference: AttributeReference, condition: LeafCondition) => ValueReader<T>);

/** The reader for one attribute of a condition. */
export function readerFor<T>(
  reader: OperandReader<T>,
  reference: AttributeReference,
  condition: LeafCondition,
): ValueReader<T> {
  return typeof reader === "function" ? reader(reference, condition) : reader;
}

/** The operand that is an attribute of the request. */
export function attributeOperand<T>(
  reader: ValueReader<T>,
  reference: AttributeReference,
  slots: SlotTable,
): Operand<T> {
  const slot = slots.slot(reader, reference);
  const attribute = attributeLabel(reference);
  const expected = reader.name;
  const absent: LeafFailure = { code: "missing_attribute", attribute, expected };
  return {
    resolve: (request) => resolveSlot(slot, request),
    explain: (unread) =>
      unread.state === "missing"
        ? absent
        : { code: unread.code, attribute, expected, actual: unread.actual },
    readRaw: (request) => readAttribute(slot.reference, request.attributes),
  };
}

/** The operand that is a literal of the policy. */
export function literalOperand<T>(value: T, raw: unknown): Operand<T> {
  const resolution = read(value);
  return {
    literal: { value },
    resolve: () => resolution,
    explain: ({ state }) => {
      throw new TypeError(`a literal is never ${state}`);
    },
    readRaw: () => raw,
  };
}

/** The same operand, with a value where it would be missing. */
export function withDefault<T>(operand: Operand<T>, value: T | undefined): Operand<T> {
  if (value === undefined) {
    return operand;
  }
  const substitute = read(value);
  return {
    ...operand,
    resolve(request) {
      const resolution = operand.resolve(request);
      return resolution.state === "missing" ? substitute : resolution;
    },
  };
}

/** The same operand, with something added to its value. */
export function shifted<T>(operand: Operand<T>, shift: (value: T) => T): Operand<T> {
  return {
    ...operand,
    resolve(request) {
      const resolution = operand.resolve(request);
      return resolution.state === "read" ? read(shift(resolution.value)) : resolution;
    },
  };
}
