import type { AttributeReference } from "../conditions/attribute-reference.js";
import type { OrderedTypeName, ScalarTypeName } from "../values/scalar-types.js";
import type { Weekday } from "../values/weekday.js";

/** What a rule or a default says when it speaks. */
export type Effect = "Allow" | "Deny";

/** What a condition answers when its attribute is missing; `error` leaves the answer open, `empty` is for sets. */
export type OnMissing = "error" | "false" | "true" | "empty";

/** Whether one element of a multi-valued attribute is enough, or all of them have to do. */
export type Quantifier = "any" | "all";

/** One window of a weekly schedule. */
export interface ScheduleWindow {
  /** The days on which it opens. @defaultValue every day */
  readonly days?: readonly Weekday[];
  /** When it opens, `HH:MM` or `HH:MM:SS`. */
  readonly from: string;
  /** The last second of it. Earlier than `from`, it is on the day after. */
  readonly to: string;
  /** The place whose clocks count, by IANA name. @defaultValue `"UTC"` */
  readonly time_zone?: string;
  /** Dates, `YYYY-MM-DD`, on which it does not open; at most 1,000. */
  readonly holidays?: readonly string[];
}

/** The literal a condition compares its attribute with. Exact integers beyond ±(2⁵³−1) are digit strings. */
export type ConditionValue =
  string | number | boolean | readonly (string | number | boolean)[] | readonly ScheduleWindow[];

/** Functions that look at one attribute, by canonical name. */
export type LeafFunctionName =
  | `${ScalarTypeName}_${"equal" | "not_equal" | "in" | "not_in"}`
  | `${OrderedTypeName}_${"greater_than" | "greater_equal" | "less_than" | "less_equal" | "between"}`
  | `${ScalarTypeName}_set_${"contains" | "contains_any" | "contains_all" | "contains_none"}`
  | `${ScalarTypeName}_set_${"subset_of" | "equals"}`
  | `set_size_${"equal" | "not_equal" | "greater_than" | "greater_equal" | "less_than" | "less_equal"}`
  | `string_${"equal_ignore_case" | "starts_with" | "ends_with" | "contains"}`
  | `string_${"like" | "not_like" | "regexp_match"}`
  | "email_match"
  | "ip_in_cidr"
  | "ip_not_in_cidr"
  | "time_in_range"
  | "day_of_week_in"
  | "schedule_match"
  | "attribute_exists"
  | "attribute_not_exists";

/** Functions that join other conditions. */
export type GroupFunctionName = "all_of" | "any_of" | "none_of" | "not" | "at_least";

/** A condition on one attribute. Which options a function takes is in `conditionFunctions`. */
export interface LeafCondition extends AttributeReference {
  /** What is compared, and at which type. Aliases are replaced by the canonical name when a policy is parsed. */
  readonly function: LeafFunctionName;
  /** The literal to compare with; its form follows from the function. */
  readonly value?: ConditionValue;
  /** Another attribute to compare with, in place of a literal. */
  readonly value_from?: AttributeReference;
  /** Added to what `value_from` holds: a number, or an ISO 8601 duration for dates and date-times. */
  readonly offset?: string | number;
  /** What a missing attribute means here; a value of a wrong type is never excused. @defaultValue `"error"` */
  readonly on_missing?: OnMissing;
  /** What it means that the attribute of `value_from` is missing. @defaultValue `"error"` */
  readonly value_on_missing?: "error" | "empty";
  /** Lets a function on single values ask about every element of a set. */
  readonly quantifier?: Quantifier;
  /** What `quantifier: "all"` answers for a set without elements. @defaultValue `"error"` */
  readonly on_empty?: "error" | "false" | "true";
  /** The place whose clocks count, by IANA name. @defaultValue `"UTC"` */
  readonly time_zone?: string;
}

/** A condition made of conditions. */
export interface GroupCondition {
  /** How the answers are joined, by three-valued logic. */
  readonly function: GroupFunctionName;
  /** At most 1,000, nested at most 16 groups deep; `not` takes exactly one. */
  readonly conditions: readonly Condition[];
  /** How many have to hold; `at_least` alone takes it, and needs it. */
  readonly n?: number;
}

/** One question of a rule. */
export type Condition = LeafCondition | GroupCondition;

/** What the enforcing application has to do (obligation) or may do (advice) along with a decision. */
export interface PolicyNotice {
  /** What to do, 1–100 characters. */
  readonly id: string;
  /** The decision it goes with. */
  readonly on: Effect;
  /** Its parameters, any JSON. @defaultValue none */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** Says its effect when all its conditions are true. */
export interface PolicyRule {
  /** Unique within its policy, 1–100 characters; decisions name it. */
  readonly rule_id: string;
  /** For people, at most 1,000 characters. */
  readonly description?: string;
  /** What the rule says when it applies. */
  readonly effect: Effect;
  /** At most 1,000, all of which have to hold. @defaultValue none, so that the rule always applies */
  readonly conditions?: readonly Condition[];
  /** At most 100 duties that go with a decision this rule makes. */
  readonly obligations?: readonly PolicyNotice[];
  /** At most 100 hints that go with a decision this rule makes. */
  readonly advice?: readonly PolicyNotice[];
}

/** What a policy answers when no rule of any applicable policy decided. */
export interface PolicyDefault {
  /** Weak: it never overrules a rule, of this policy or of another. */
  readonly effect: Effect;
}

/** How the rules of one policy that disagree are combined. */
export type CombiningAlgorithm =
  | "deny_overrides"
  | "allow_overrides"
  | "first_applicable"
  | "deny_unless_allow"
  | "allow_unless_deny";

/** The part of a policy that decides. */
export interface PolicySpecification {
  /** How rules that disagree are combined. @defaultValue `"deny_overrides"` */
  readonly combining?: CombiningAlgorithm;
  /** At most 1,000 conditions; the policy abstains unless all of them hold. @defaultValue none */
  readonly target?: readonly Condition[];
  /** At most 1,000; their order matters to `first_applicable` alone. */
  readonly rules: readonly PolicyRule[];
  /** At most 100 duties that go with a decision this policy makes. */
  readonly obligations?: readonly PolicyNotice[];
  /** At most 100 hints that go with a decision this policy makes. */
  readonly advice?: readonly PolicyNotice[];
  /** Without one the policy abstains when none of its rules decides. */
  readonly default?: PolicyDefault;
}

/** A policy as it is written, stored and shown. `parsePolicy` makes one from untrusted JSON. */
export interface PolicyDocument {
  /** Matches {@link policyNamePattern}. */
  readonly name: string;
  /** For people, at most 1,000 characters. */
  readonly description?: string;
  /** What the policy decides. */
  readonly specification: PolicySpecification;
}

/** Names of policies: 1–63 characters, a lower-case letter first. */
export const policyNamePattern: RegExp = /^[a-z][a-z0-9_.:-]{0,62}$/;
