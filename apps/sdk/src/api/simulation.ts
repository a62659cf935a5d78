import type {
  ConditionError,
  DecisionReason,
  DeterminingRule,
  Explanation,
  Obligation,
} from "../decisions/decision.js";
import type { CheckContext } from "../decisions/authorization-check.js";
import type { JsonValue } from "../values/json.js";

/** A check with given attributes in the place of a token. It is never recorded as a decision. */
export interface Simulation {
  /** What the token would have become: `ext_plan`, `external_subject` and so on; at most 128, nested at most 8 deep. */
  readonly attributes: Readonly<Record<string, JsonValue | undefined>>;
  /** What policies see as `request_metadata`. @defaultValue `{}` */
  readonly context?: CheckContext;
  /** The resource's name; needed without `policies`. */
  readonly resource?: string;
  /** The action's name; needed without `policies`. */
  readonly action?: string;
  /** When it is, RFC 3339. @defaultValue now */
  readonly currentTime?: string;
  /** The user's address. @defaultValue missing */
  readonly ipAddress?: string;
  /** Answers on this revision of the workspace or a newer one, as a write answered it. @defaultValue any */
  readonly minRevision?: number;
  /** Drafts of different names, 1–16, to evaluate alone and at one priority in the place of the workspace's. */
  readonly policies?: readonly object[];
}

/** All that the policies say to a simulation. Nothing may be allowed because of it. */
export interface SimulationResult {
  /** `true` only for an Allow. */
  readonly allowed: boolean;
  /** The answer, before a check makes a Deny of everything but an Allow. */
  readonly decision: "Allow" | "Deny" | "NotApplicable" | "Indeterminate";
  /** With `Indeterminate`: whether it could have been an Allow (`P`), a Deny (`D`) or both. */
  readonly indeterminate?: "P" | "D" | "DP";
  /** Why. */
  readonly reason: DecisionReason;
  /** The revision of the workspace it was made on. */
  readonly revision: number;
  /** When it is, as far as the policies know: RFC 3339 in UTC. */
  readonly evaluatedAt: string;
  /** The rules and defaults it rests on. */
  readonly determining: readonly DeterminingRule[];
  /** Conditions that could not be evaluated. */
  readonly errors: readonly ConditionError[];
  /** Attributes that were missing and could change the answer. */
  readonly missing: readonly string[];
  /** What an application would have to do along with the decision. */
  readonly obligations: readonly Obligation[];
  /** How it came about. */
  readonly explanation: Explanation;
}
