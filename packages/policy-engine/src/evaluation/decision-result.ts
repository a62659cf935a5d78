import type { Effect } from "../document/policy-document.js";
import type { NearestMiss } from "../explanation/nearest-miss.js";
import type { TraceNode } from "../explanation/trace-node.js";

/** Why an answer is what it is. */
export type DecisionReason =
  | "allowed_by_rule"
  | "allowed_by_default"
  | "denied_by_rule"
  | "denied_by_default"
  | "no_rule_matched"
  | "no_permission"
  | "undetermined"
  | "limit_exceeded"
  | "internal_error";

/** A rule, or a default, that made the decision. */
export interface DeterminingRule {
  /** The policy it belongs to. */
  readonly policyId: string;
  /** The version of that policy the decision was made on. */
  readonly policyVersion: number;
  /** The rule; `null` when it was the policy's default, or its way of combining rules, that said it. */
  readonly ruleId: string | null;
  /** What it said, always the effect of the decision. */
  readonly effect: Effect;
  /** The highest priority at which a matching permission attaches the policy. */
  readonly priority: number;
}

/**
 * Why a condition could not be evaluated: nothing there, a value of another type, an integer that JSON
 * has already rounded, or a value over a limit. `empty_set` is reserved for quantified conditions.
 */
export type ConditionErrorCode =
  "missing_attribute" | "type_error" | "empty_set" | "unsafe_integer" | "limit";

/** A condition that could not be evaluated, in a rule that could not be evaluated. */
export interface ConditionError {
  /** What went wrong. */
  readonly code: ConditionErrorCode;
  /** The attribute, `request_metadata.<key>` for metadata. */
  readonly attribute: string;
  /** The type the condition needs. */
  readonly expected: string;
  /** The kind of value found, never the value; absent when nothing was there. */
  readonly actual?: string;
  /** The policy of the condition. */
  readonly policyId: string;
  /** The rule of the condition; `null` when it belongs to the policy's target. */
  readonly ruleId: string | null;
  /** Where in the rule or the target, such as `conditions/1/conditions/0` or `target/0`. */
  readonly path: string;
  /**
   * Whether another value here could change the answer. Beside a definite one it is `false`, unless a policy
   * combined by `deny_unless_allow` or `allow_unless_deny` gave that answer without this condition.
   */
  readonly decisive: boolean;
}

/** Something the enforcing application must do (obligation) or may do (advice) along with the decision. */
export interface Notice {
  /** What to do. */
  readonly id: string;
  /** The decision it goes with. */
  readonly on: Effect;
  /** Its parameters. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The policy that asks for it. */
  readonly policyId: string;
  /** The rule that asks for it; absent when the policy itself does. */
  readonly ruleId?: string;
}

/** The answer to one request. */
export interface DecisionResult {
  /** True for a definite Allow and nothing else: the only field needed to enforce the decision. */
  readonly allowed: boolean;
  /**
   * The answer; `Indeterminate` when the policies could say either, given what is missing or ill-typed, and
   * `NotApplicable` only where the answer may be left open.
   */
  readonly decision: "Allow" | "Deny" | "NotApplicable" | "Indeterminate";
  /** With `Indeterminate`: whether it could have been an Allow (`P`), a Deny (`D`) or both. */
  readonly indeterminate?: "P" | "D" | "DP";
  /** Why. */
  readonly reason: DecisionReason;
  /** Every rule that decided, all of one effect and one priority, in the order given; empty when none did. */
  readonly determining: readonly DeterminingRule[];
  /** Conditions that could not be evaluated, higher priorities first, then in document order. */
  readonly errors: readonly ConditionError[];
  /** Attributes that were not supplied and could change the answer, each once. */
  readonly missing: readonly string[];
  /**
   * Duties that go with the decision, in document order: those of what decided, as if asking had stopped
   * there. Whoever enforces the decision must refuse where one of them is unknown.
   */
  readonly obligations: readonly Notice[];
  /** Hints that go with the decision, as the duties do; they may be ignored. */
  readonly advice: readonly Notice[];
  /** How the decision came about, as a tree; only when an explanation was asked for. */
  readonly trace?: TraceNode;
  /**
   * The rules that would allow with the fewest conditions changed, at most 100 tried; only when an explanation
   * was asked for, and empty where the answer is Allow or no change of conditions would make it one.
   */
  readonly nearestMisses?: readonly NearestMiss[];
}
