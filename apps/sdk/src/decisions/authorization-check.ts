import type { CallOptions } from "../transport/call-options.js";
import type { JsonValue } from "../values/json.js";

/** What is asked about: a resource, an action, and the circumstances. */
export interface Question {
  /** The resource's name, such as `orders`. */
  readonly resource: string;
  /** The action's name, such as `approve`. */
  readonly action: string;
  /**
   * What policies see as `request_metadata`: at most 64 keys, nested at most 8 deep. A key whose value is `undefined`
   * is not sent.
   */
  readonly context?: CheckContext | undefined;
}

/** The circumstances of a check, as JSON. */
export type CheckContext = Readonly<Record<string, JsonValue | undefined>>;

/** What the questions of one request have in common. */
export interface SharedQuestion extends CallOptions {
  /** The user's JWT as the identity provider issued it, without `Bearer`. */
  readonly token: string;
  /**
   * The user's address, for policies on `ip_address`; needs an API key with the scope `decisions:client_ip`.
   * @defaultValue none: the attribute is missing, unless the workspace takes the connection's
   */
  readonly clientIp?: string | undefined;
  /**
   * Asks how the decision came about; needs an API key with the scope `decisions:explain`.
   * @defaultValue `false`
   */
  readonly explain?: boolean | undefined;
  /**
   * Answers on this revision of the workspace or a newer one, as a write answered it.
   * @defaultValue none: what the server that is asked has
   */
  readonly minRevision?: number | undefined;
}

/** One question: may this token do this action on this resource, in this context? */
export interface AuthorizationCheck extends SharedQuestion, Question {}

/** Several questions about one token, answered on one revision of the workspace. */
export interface BatchCheck extends SharedQuestion {
  /** The questions, 1–100. */
  readonly checks: readonly Question[];
}

/** A question to be answered with yes or no. */
export interface IsAllowedCheck extends AuthorizationCheck {
  /**
   * What a {@link ByotError} means: `"throw"` passes it on, `"deny"` counts it as not allowed.
   * @defaultValue `"throw"`
   */
  readonly onError?: "throw" | "deny" | undefined;
}
