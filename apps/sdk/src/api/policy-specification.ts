/** What a rule or a default says when it speaks. */
export type Effect = "Allow" | "Deny";

type ScalarTypeName =
  "string" | "integer" | "double" | "boolean" | "date" | "time" | "datetime" | "ip" | "email";
type OrderedTypeName = Exclude<ScalarTypeName, "boolean" | "ip" | "email">;

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

/** Names one attribute of a request. */
export interface AttributeReference {
  /** A named attribute such as `ext_plan`, or `request_metadata` with a key or a path. */
  readonly attribute: string;
  /** One own key of the check's context; a dot in it is a plain character. */
  readonly metadata_key?: string;
  /** Own keys on the way to a nested value of the check's context, 1–16. */
  readonly metadata_path?: readonly string[];
}

/** One window of a weekly schedule. */
export interface ScheduleWindow {
  /** The days on which it opens. @defaultValue every day */
  readonly days?: readonly Weekday[];
  /** When it opens, `HH:MM` or `HH:MM:SS`. */
  readonly from: string;
  /** The last second of it. Earlier than `from`, it is on the day after. */
  readonly to: string;
  /** The place whose clocks count, by IANA name. @defaultValue the workspace's `timeZone` */
  readonly time_zone?: string;
  /** Dates, `YYYY-MM-DD`, on which it does not open; at most 1,000. */
  readonly holidays?: readonly string[];
}

/** A day of the week. */
export type Weekday =
  "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";

/** The literal a condition compares its attribute with. Exact integers beyond ±(2⁵³−1) are digit strings. */
export type ConditionValue =
  string | number | boolean | readonly (string | number | boolean)[] | readonly ScheduleWindow[];

/** A condition on one attribute. Which options a function takes is in the manual of the policy language. */
export interface LeafCondition extends AttributeReference {
  /** What is compared, and at which type; the server also takes the documented aliases. */
  readonly function: LeafFunctionName;
  /** The literal to compare with. */
  readonly value?: ConditionValue;
  /** Another attribute to compare with, in place of a literal. */
  readonly value_from?: AttributeReference;
  /** Added to what `value_from` holds: a number, or an ISO 8601 duration for dates and date-times. */
  readonly offset?: string | number;
  /** What a missing attribute means here. @defaultValue `"error"` */
  readonly on_missing?: "error" | "false" | "true" | "empty";
  /** What it means that the attribute of `value_from` is missing. @defaultValue `"error"` */
  readonly value_on_missing?: "error" | "empty";
  /** Lets a function on single values ask about every element of a set. */
  readonly quantifier?: "any" | "all";
  /** What `quantifier: "all"` answers for a set without elements. @defaultValue `"error"` */
  readonly on_empty?: "error" | "false" | "true";
  /** The place whose clocks count, by IANA name. @defaultValue the workspace's `timeZone` */
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

/** What the application has to do (obligation) or may do (advice) along with a decision. */
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

/** The part of a policy that decides. */
export interface PolicySpecification {
  /** How rules that disagree are combined. @defaultValue `"deny_overrides"` */
  readonly combining?:
    | "deny_overrides"
    | "allow_overrides"
    | "first_applicable"
    | "deny_unless_allow"
    | "allow_unless_deny";
  /** At most 1,000 conditions; the policy abstains unless all of them hold. @defaultValue none */
  readonly target?: readonly Condition[];
  /** At most 1,000; their order matters to `first_applicable` alone. */
  readonly rules: readonly PolicyRule[];
  /** At most 100 duties that go with a decision this policy makes. */
  readonly obligations?: readonly PolicyNotice[];
  /** At most 100 hints that go with a decision this policy makes. */
  readonly advice?: readonly PolicyNotice[];
  /** The answer when no rule of any applicable policy decided. @defaultValue none: the policy then abstains */
  readonly default?: {
    /** Weak: it never overrules a rule, of this policy or of another. */
    readonly effect: Effect;
  };
}
