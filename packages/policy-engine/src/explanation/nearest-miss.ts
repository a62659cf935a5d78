import type { AttributeOrigin } from "./attribute-origin.js";

/** A condition that would have to answer otherwise. */
export interface ConditionChange {
  /** The policy it stands in. */
  readonly policyId: string;
  /** The rule it stands in; `null` for the policy's target. */
  readonly ruleId: string | null;
  /** Where it stands there, such as `conditions/1` or `target/0`. */
  readonly path: string;
  /** The condition's function. */
  readonly function: string;
  /** The attribute it asks about. */
  readonly attribute: string;
  /** Who vouches for that attribute. */
  readonly origin: AttributeOrigin;
  /** Whether it would have to hold, or not to. */
  readonly mustHold: boolean;
  /** What the request holds; only when values may be seen, and absent when it is missing. */
  readonly actual?: unknown;
  /** What the condition compares it with; only when values may be seen. */
  readonly expected?: unknown;
}

/** A rule that would allow what was not allowed, if a few conditions answered otherwise. */
export interface NearestMiss {
  /** The policy of the rule. */
  readonly policyId: string;
  /** The version of the policy. */
  readonly policyVersion: number;
  /** The rule. */
  readonly ruleId: string;
  /** The priority of the policy. */
  readonly priority: number;
  /** What would have to change, all of it: as few conditions as for any rule. */
  readonly changes: readonly ConditionChange[];
  /** The same in one sentence, without values unless they may be seen. */
  readonly sentence: string;
}
