import type {
  ConditionError,
  DecisionResult,
  DeterminingRule,
  NearestMiss,
  Notice,
  TraceNode,
} from "@byot/policy-engine";
import type { TokenRefusalCode } from "@byot/token-verifier";

/** One question: may the holder of this token do this action on this resource, in this context. */
export interface CheckRequest {
  /** The workspace whose providers and policies answer. */
  readonly workspaceId: string;
  /** The user's JWT; anything but a string is refused. */
  readonly token: unknown;
  /** The resource's name. */
  readonly resource: string;
  /** The action's name. */
  readonly action: string;
  /** What policies read as `request_metadata`. @defaultValue `{}` */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Names the request in the decision log. */
  readonly requestId: string;
  /**
   * Whether the application has shown an API key that opens the workspace; needed where the workspace requires one.
   * @defaultValue `false`
   */
  readonly hasApiKey?: boolean;
  /**
   * Whether to explain the decision, and whether the explanation may hold values of the token, the context and the
   * policies. @defaultValue not explained
   */
  readonly explain?: "with_values" | "without_values";
}

/** Why a decision came out as it did. */
export type DecisionReason =
  DecisionResult["reason"] | "admin_resource_forbidden" | "unknown_resource" | "unknown_action";

/** The answer to a check. It stands in the decision log before anyone sees it. */
export interface CheckDecision {
  /** `true` only for an Allow. */
  readonly allowed: boolean;
  /** The answer as a word. */
  readonly decision: "Allow" | "Deny";
  /** Why. */
  readonly reason: DecisionReason;
  /** Under which it stands in the decision log. */
  readonly decisionId: string;
  /** The workspace's revision it was made on. */
  readonly revision: number;
  /** When it was made. */
  readonly evaluatedAt: Date;
  /** When the token ends. */
  readonly tokenExpiresAt: Date;
  /** What the caller must do when it enforces the decision. */
  readonly obligations: readonly Notice[];
  /** The rules and defaults it rests on, the first 32 of them. */
  readonly determining: readonly DeterminingRule[];
  /** Conditions that could not be evaluated: at most 32, those first that could change the answer. */
  readonly errors: readonly ConditionError[];
  /** Attributes that were missing and could change the answer, the first 32 of them. */
  readonly missing: readonly string[];
  /** Of an explained denial: the rules that came nearest to allowing; empty otherwise. */
  readonly nearestMisses: readonly NearestMiss[];
  /** Of an explained decision: how the policies came to it; absent when no policy was asked. */
  readonly trace?: TraceNode;
}

/** Why there is no decision. */
export type CheckRefusal =
  | {
      /** There is no such workspace, or it requires an API key and none was shown. */
      readonly code: "workspace_unknown" | "api_key_missing";
      /** What was wrong, in one line. */
      readonly detail: string;
    }
  | {
      /** The token was refused, or its keys could not be had. */
      readonly code: TokenRefusalCode;
      /** What was wrong, in one line; names claims and headers, never their values. */
      readonly detail: string;
      /** When another try makes sense, in seconds. */
      readonly retryAfterSeconds?: number;
    }
  | {
      /** The decision could not be recorded, so it is not answered. */
      readonly code: "audit_unavailable";
      /** What was wrong, in one line. */
      readonly detail: string;
    };
