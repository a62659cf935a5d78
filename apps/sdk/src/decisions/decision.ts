import type { JsonObject } from "../values/json.js";

/** Why a decision came out as it did. */
export type KnownReasonCode =
  | "allowed_by_rule"
  | "allowed_by_default"
  | "denied_by_rule"
  | "denied_by_default"
  | "no_permission"
  | "no_rule_matched"
  | "undetermined"
  | "admin_resource_forbidden"
  | "unknown_resource"
  | "unknown_action"
  | "limit_exceeded"
  | "internal_error"
  /** Set by this package: the Allow came with an obligation that `knownObligations` does not list. */
  | "obligation_unknown";

/** Any reason: a newer server may send one that this version does not know. */
export type ReasonCode = KnownReasonCode | (string & Record<never, never>);

/** Why, for programs and for people. */
export interface DecisionReason {
  /** The stable code to switch on. */
  readonly code: ReasonCode;
  /** The same in one line of plain words. */
  readonly message: string;
}

/** Something the application has to do along with the decision. */
export interface Obligation {
  /** Which duty, as the policy names it. */
  readonly id: string;
  /** The decision it goes with. */
  readonly on: "Allow" | "Deny";
  /** Its particulars, as written in the policy. */
  readonly attributes: JsonObject;
}

/** A rule or a default that decided. */
export interface DeterminingRule {
  /** The policy's name. */
  readonly policy: string;
  /** The version of the policy that was evaluated. */
  readonly policyVersion: number;
  /** The rule's id; `null` when the policy's default decided. */
  readonly rule: string | null;
  /** What the rule says. */
  readonly effect: "Allow" | "Deny";
  /** The priority of the permission that brought the policy in; higher numbers come first. */
  readonly priority: number;
}

/** A condition that could not be evaluated. */
export interface ConditionError {
  /** Which kind of failure, such as `missing_attribute` or `type_error`. */
  readonly code: string;
  /** The attribute the condition asked for. */
  readonly attribute: string;
  /** The type it needs. */
  readonly expected: string;
  /** The type it found, never the value; absent when there was nothing. */
  readonly actual?: string;
  /** The policy's name. */
  readonly policy: string;
  /** The rule's id; `null` for the policy's target. */
  readonly rule: string | null;
  /** Where the condition stands in the rule or the target, such as `conditions/1`. */
  readonly path: string;
  /** Whether the answer could have been another one without this error. */
  readonly decisive: boolean;
}

/** A condition that would have to answer otherwise. */
export interface ConditionChange {
  /** The policy's name. */
  readonly policy: string;
  /** The rule's id; `null` for the policy's target. */
  readonly rule: string | null;
  /** Where the condition stands, such as `conditions/1`. */
  readonly path: string;
  /** Its function. */
  readonly function: string;
  /** The attribute it asks for. */
  readonly attribute: string;
  /** Who vouches for the attribute. */
  readonly origin: "token" | "caller" | "server";
  /** Whether it would have to hold, or not to. */
  readonly mustHold: boolean;
  /** What the request holds; only for API keys with `config:read`. */
  readonly actual?: unknown;
  /** What the condition compares it with; only for API keys with `config:read`. */
  readonly expected?: unknown;
}

/** A rule that would allow what was denied, if a few conditions answered otherwise. */
export interface NearestMiss {
  /** The policy's name. */
  readonly policy: string;
  /** The version of the policy. */
  readonly policyVersion: number;
  /** The rule's id. */
  readonly rule: string;
  /** The priority of the permission that brought the policy in. */
  readonly priority: number;
  /** The miss in one sentence. */
  readonly sentence: string;
  /** All that would have to change. */
  readonly changes: readonly ConditionChange[];
}

/** One part of the policies and what it came to. */
export interface TraceNode {
  /** What the part is. */
  readonly kind: "set" | "tier" | "policy" | "target" | "rule" | "group" | "condition";
  /** The priority, the policy, the rule, or the place of a condition. */
  readonly id: string;
  /** What it came to. */
  readonly value: string;
  /** The function of a condition or a group. */
  readonly function?: string;
  /** The attribute of a condition. */
  readonly attribute?: string;
  /** Who vouches for that attribute. */
  readonly origin?: "token" | "caller" | "server";
  /** What the request holds; only for API keys with `config:read`. */
  readonly actual?: unknown;
  /** What the condition compares it with; only for API keys with `config:read`. */
  readonly expected?: unknown;
  /** Why, where the value alone does not tell. */
  readonly because?: string;
  /** The parts it is made of. */
  readonly children?: readonly TraceNode[];
}

/** How a decision came about; only for API keys with the scope `decisions:explain`. */
export interface Explanation {
  /** The whole story in one or two sentences. */
  readonly summary: string;
  /** Every rule or default that decided, in order. */
  readonly determining: readonly DeterminingRule[];
  /** Every condition that could not be evaluated, in order. */
  readonly errors: readonly ConditionError[];
  /** The attributes that were not there and could have changed the answer. */
  readonly missing: readonly string[];
  /** Of a denial: the rules that came nearest to allowing. */
  readonly nearestMisses: readonly NearestMiss[];
  /** How the policies came to the answer, part by part. */
  readonly trace?: TraceNode;
}

/** What the policies say about one question. */
export interface Decision {
  /** `true` if, and only if, the action may go ahead. */
  readonly allowed: boolean;
  /** The same as a word; a question that cannot be decided is a `Deny`. */
  readonly decision: "Allow" | "Deny";
  /** Why. */
  readonly reason: DecisionReason;
  /** The decision's id in the decision log. */
  readonly decisionId: string;
  /** The revision of the workspace it was made on. */
  readonly revision: number;
  /** When it was made, ISO 8601. */
  readonly evaluatedAt: string;
  /** When the token expires, ISO 8601: no decision may be kept longer. */
  readonly tokenExpiresAt: string;
  /** What the application has to do along with it. */
  readonly obligations: readonly Obligation[];
  /** How it came about, when `explain` was asked for. */
  readonly explanation?: Explanation;
}

/** A decision and the request that brought it. */
export interface CheckResult {
  /** What the policies say. */
  readonly data: Decision;
  /** The request as named in the server's log; absent if a proxy or a browser hides the header. */
  readonly requestId: string | undefined;
}

/** The answers to several questions about one token. */
export interface BatchDecisions {
  /** The revision of the workspace all of them were made on. */
  readonly revision: number;
  /** One for each question, in order. */
  readonly decisions: readonly Decision[];
}

/** The answers to several questions and the request that brought them. */
export interface BatchResult {
  /** What the policies say. */
  readonly data: BatchDecisions;
  /** The request as named in the server's log; absent if a proxy or a browser hides the header. */
  readonly requestId: string | undefined;
}
