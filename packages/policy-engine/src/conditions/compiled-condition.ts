import type { GroupCondition, LeafCondition } from "../document/policy-document.js";
import type { ReadingFailure } from "../values/reading.js";
import type { ResolvedRequest } from "./attribute-slots.js";
import type { Truth } from "./truth.js";

/** Why one operand of a leaf could not be used. */
export interface LeafFailure {
  /** What went wrong. */
  readonly code: "missing_attribute" | "empty_set" | ReadingFailure["code"];
  /** The attribute by its label. */
  readonly attribute: string;
  /** The type the condition needs. */
  readonly expected: string;
  /** The kind of value found; absent when nothing was there. */
  readonly actual?: string;
}

/** The two sides of a condition, as a request and a policy hold them. */
export interface LeafOperands {
  /** What the request holds for the attribute; `undefined` when it is missing. */
  readonly actual: unknown;
  /** The literal, or what the request holds for the attribute of `value_from`. */
  readonly expected: unknown;
}

/** What a condition function makes of one condition: a leaf, ready to be asked about any number of requests. */
export interface CompiledLeaf {
  /** Tells a leaf from a group. */
  readonly kind: "leaf";
  /** The answer for one request; never throws on any attribute. */
  readonly evaluate: (request: ResolvedRequest) => Truth;
  /** Why the answer is an error, once for each operand; empty when it is not. */
  readonly explainErrors: (request: ResolvedRequest) => readonly LeafFailure[];
  /** What is compared, for people: values as given, which may be secrets. */
  readonly readOperands: (request: ResolvedRequest) => LeafOperands;
}

/** A leaf as it stands in a plan, where equal conditions are one atom. */
export interface Atom extends CompiledLeaf {
  /** Its number in the plan; an answer under this number in `ResolvedRequest.truths` is final. */
  readonly index: number;
  /** What it was made of. */
  readonly source: LeafCondition;
}

/** A group, ready to be asked about any number of requests. */
export interface CompiledGroup {
  /** Tells a group from a leaf. */
  readonly kind: "group";
  /** What it was made of. */
  readonly source: GroupCondition;
  /** The answer for one request; stops as soon as it is certain. */
  readonly evaluate: (request: ResolvedRequest) => Truth;
  /** Its members, in document order. */
  readonly members: readonly CompiledCondition[];
}

/** A condition as closures. */
export type CompiledCondition = Atom | CompiledGroup;
