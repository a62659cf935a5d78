import { allow, deny, intersects, nothing, type OutcomeSet } from "../evaluation/outcome-set.js";
import type { AttributeOrigin } from "./attribute-origin.js";

/** What a part of the policies came to, for this request. */
export type TraceValue =
  | "T"
  | "F"
  | "E"
  | "Allow"
  | "Deny"
  | "NotApplicable"
  | "Ind{P}"
  | "Ind{D}"
  | "Ind{DP}"
  | "skipped";

/** One part of the policies in an explained decision, with the parts it is made of. */
export interface TraceNode {
  /** What the part is: all permissions, one priority, and on down to a single condition. */
  readonly kind: "set" | "tier" | "policy" | "target" | "rule" | "group" | "condition";
  /** The priority, the policy, the rule, or the place of a condition such as `conditions/1`. */
  readonly id: string;
  /** What it came to; `skipped` when nothing above it asked. */
  readonly value: TraceValue;
  /** The function of a condition or a group of them. */
  readonly function?: string;
  /** The attribute of a condition. */
  readonly attribute?: string;
  /** Who vouches for that attribute. */
  readonly origin?: AttributeOrigin;
  /** What the request holds for it, as given; only when values may be seen, and absent when it is missing. */
  readonly actual?: unknown;
  /** What the condition compares it with; only when values may be seen. */
  readonly expected?: unknown;
  /** Why, where the value alone does not tell: a reason, an error's code, a default. */
  readonly because?: string;
  /** The parts, in document order. */
  readonly children?: readonly TraceNode[];
}

/** What a set of possible outcomes is called. */
export function traceOutcomes(outcomes: OutcomeSet): TraceValue {
  const mayAllow = intersects(outcomes, allow);
  const mayDeny = intersects(outcomes, deny);
  if (mayAllow && mayDeny) {
    return "Ind{DP}";
  }
  if (!intersects(outcomes, nothing)) {
    return mayAllow ? "Allow" : "Deny";
  }
  if (mayAllow) {
    return "Ind{P}";
  }
  return mayDeny ? "Ind{D}" : "NotApplicable";
}
