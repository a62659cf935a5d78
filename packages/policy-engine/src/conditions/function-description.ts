import type { Condition } from "../document/policy-document.js";
import type { ValueTypeName } from "./value-types.js";

/**
 * Attributes for an example, by the names a policy reads them under.
 * `request_metadata` holds an object.
 */
export type ExampleAttributes = Readonly<Record<string, unknown>>;

/** A use of a condition function, with one request on either side of it. */
export interface FunctionExample {
  /** The condition as it is written. */
  readonly condition: Condition;
  /** Attributes for which it is true. */
  readonly trueFor: ExampleAttributes;
  /** Attributes for which it is false. */
  readonly falseFor: ExampleAttributes;
}

/** What a reader has to know about a condition function. */
export interface FunctionDescription {
  /** Other names it may be written under; a parsed policy carries the canonical one. */
  readonly aliases: readonly string[];
  /** The type its attribute is read at: `any` for existence, `null` for groups. */
  readonly attributeType: ValueTypeName | "any" | null;
  /** The type of its literal; `null` when it takes none. */
  readonly valueType: ValueTypeName | null;
  /** When it is true, in one sentence. */
  readonly summary: string;
  /** One use of it. */
  readonly example: FunctionExample;
}
