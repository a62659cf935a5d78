import type { JsonValue } from "./json.js";

/** One question: may this token do this action on this resource, in this context? */
export interface AuthorizationCheck {
  /** The user's JWT as the identity provider issued it, without `Bearer`. */
  readonly token: string;
  /** The resource's name, such as `orders`. */
  readonly resource: string;
  /** The action's name, such as `approve`. */
  readonly action: string;
  /**
   * What policies see as `request_metadata`: at most 64 keys, nested at most 8 deep. A key whose value is `undefined`
   * is not sent.
   */
  readonly context?: Readonly<Record<string, JsonValue | undefined>> | undefined;
  /**
   * Asks how the decision came about; needs an API key with the scope `decisions:explain`.
   * @defaultValue `false`
   */
  readonly explain?: boolean | undefined;
  /** Gives up when it aborts; the check then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Names the request in the server's log (`X-Request-Id`): 1–128 letters, digits, `.`, `_`, `:` and `-`. */
  readonly requestId?: string | undefined;
}

/** A question to be answered with yes or no. */
export interface IsAllowedCheck extends AuthorizationCheck {
  /**
   * What a {@link ByotError} means: `"throw"` passes it on, `"deny"` counts it as not allowed.
   * @defaultValue `"throw"`
   */
  readonly onError?: "throw" | "deny" | undefined;
}
