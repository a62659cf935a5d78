import type { Condition } from "../document/policy-document.js";
import type { OrderedTypeName, ScalarTypeName } from "../values/scalar-types.js";

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

/** What a function reads: single values, sets of them, the size of any set, or anything at all. */
export type AttributeTypeName = ScalarTypeName | `${ScalarTypeName}_set` | "any_set" | "any";

/** The form of a literal. */
export type ValueTypeName =
  | ScalarTypeName
  | `${ScalarTypeName}_list`
  | `${OrderedTypeName}_range`
  | "like_pattern"
  | "regular_expression"
  | "email_pattern"
  | "cidr_list"
  | "weekday_list"
  | "schedule";

/** An option a condition may carry besides its operands. */
export type ConditionOption =
  | "on_missing"
  | "value_from"
  | "value_on_missing"
  | "offset"
  | "quantifier"
  | "on_empty"
  | "time_zone";

/** What a reader has to know about a condition function. */
export interface FunctionDescription {
  /** Other names it may be written under; a parsed policy carries the canonical one. */
  readonly aliases: readonly string[];
  /** The type its attribute is read at; `null` for groups. */
  readonly attributeType: AttributeTypeName | null;
  /** The form of its literal; `null` when it takes none. */
  readonly valueType: ValueTypeName | null;
  /** The options it takes. */
  readonly options: readonly ConditionOption[];
  /** When it is true, in one sentence. */
  readonly summary: string;
  /** One use of it. */
  readonly example: FunctionExample;
}
