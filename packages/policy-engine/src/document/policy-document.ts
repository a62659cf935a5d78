/** What a rule or a default says when it speaks. */
export type Effect = "Allow" | "Deny";

/** What a condition answers when its attribute is missing; `error` leaves the answer open. */
export type OnMissing = "error" | "false" | "true";

/** The literal a condition compares its attribute with. Exact integers beyond ±(2⁵³−1) are digit strings. */
export type ConditionValue = string | number | boolean | readonly string[];

/** Functions that look at one attribute, by canonical name. */
export type LeafFunctionName =
  | "string_equal"
  | "string_in"
  | "string_set_contains"
  | "integer_equal"
  | "integer_not_equal"
  | "integer_greater_than"
  | "integer_greater_equal"
  | "integer_less_than"
  | "integer_less_equal"
  | "boolean_equal"
  | "attribute_exists";

/** Functions that join other conditions. */
export type GroupFunctionName = "all_of" | "any_of" | "not";

/** A condition on one attribute. */
export interface LeafCondition {
  /** What is compared, and at which type. Aliases are replaced by the canonical name when a policy is parsed. */
  readonly function: LeafFunctionName;
  /** A named attribute such as `ext_plan`, or `request_metadata` together with `metadata_key`. */
  readonly attribute: string;
  /** One own key of the request's metadata, 1–256 characters; a dot in it is a plain character. */
  readonly metadata_key?: string;
  /** The literal to compare with; its type follows from the function. `attribute_exists` takes none. */
  readonly value?: ConditionValue;
  /** What a missing attribute means here; a value of a wrong type is never excused. @defaultValue `"error"` */
  readonly on_missing?: OnMissing;
}

/** A condition made of conditions. */
export interface GroupCondition {
  /** How the answers are joined, by three-valued logic. */
  readonly function: GroupFunctionName;
  /** At most 1,000, nested at most 16 groups deep; `not` takes exactly one. */
  readonly conditions: readonly Condition[];
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
