import type {
  ConditionError,
  DecisionResult,
  DeterminingRule,
  NearestMiss,
  Notice,
  TraceNode,
} from "@byot/policy-engine";

/** Who asks, of which workspace, and how. */
export interface CheckOrigin {
  /** The workspace whose providers and policies answer. */
  readonly workspaceId: string;
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
  /** The lowest revision of the workspace to decide on. @defaultValue whichever is current */
  readonly minRevision?: number;
  /** The user's address, as the caller states it: what policies read as `ip_address`. @defaultValue not known */
  readonly clientIp?: string;
  /**
   * The address the request came from. Policies read it as `ip_address` where the workspace is set to
   * `ipFromConnection` and no `clientIp` is given, and never else. @defaultValue not known
   */
  readonly connectionIp?: string;
  /**
   * Where the request came from, such as the connection's address: refused tokens of one source are recorded together
   * when they are many. @defaultValue one source for all requests without
   */
  readonly source?: string;
}

/** What is asked. */
export interface CheckQuestion {
  /** The resource's name. */
  readonly resource: string;
  /** The action's name. */
  readonly action: string;
  /** What policies read as `request_metadata`. @defaultValue `{}` */
  readonly context?: Readonly<Record<string, unknown>>;
}

/** One question: may the holder of this token do this action on this resource, in this context. */
export interface CheckRequest extends CheckOrigin, CheckQuestion {
  /** The user's JWT; anything but a string is refused. */
  readonly token: unknown;
}

/** Several questions about the holder of one token. */
export interface BatchCheckRequest extends CheckOrigin {
  /** The user's JWT; anything but a string is refused. */
  readonly token: unknown;
  /** The questions, at most 512. */
  readonly checks: readonly CheckQuestion[];
}

/** One question about somebody whom the application knows, and no token speaks for. */
export interface SubjectCheckRequest extends CheckOrigin, CheckQuestion {
  /** Who it is: what policies read as `external_subject`. */
  readonly subjectId: string;
  /**
   * What the application says of them: what policies read as `ext_*`. A name that does not begin with `ext_` gets it in
   * front; one that no policy could read is left out. What is no text, number or truth value, nor a list of those,
   * counts as a value of a wrong type, and so does a name given twice. @defaultValue `{}`
   */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** Why a decision came out as it did. */
export type DecisionReason =
  DecisionResult["reason"] | "admin_resource_forbidden" | "unknown_resource" | "unknown_action";

/** A decision. It stands in the decision log before anyone sees it, unless the workspace chose otherwise. */
export interface SubjectDecision {
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

/** The answer to a check of a token. */
export interface CheckDecision extends SubjectDecision {
  /** When the token ends. */
  readonly tokenExpiresAt: Date;
}

/** The answers to several questions. */
export interface BatchDecision {
  /** The workspace's revision that all of them were made on. */
  readonly revision: number;
  /** The answers, in the order of the questions. */
  readonly decisions: readonly CheckDecision[];
}
