import type { AuthorizationCheck, CheckContext } from "../decisions/authorization-check.js";
import type { CheckResult } from "../decisions/decision.js";

/** A value, or how to find it in a request. What such a function throws is left to the framework. */
export type FromRequest<Request, T> = T | ((request: Request) => T | Promise<T>);

/** Whatever makes the checks: a `ByotClient`, a `CheckClient`, or a stand-in of a test. */
export interface Checker {
  /** Asks whether a token may do an action. */
  checkAuthorization(check: AuthorizationCheck): Promise<CheckResult>;
}

/** What a request has to be allowed to do. */
export interface GuardOptions<Request> {
  /** Makes the checks. @defaultValue a `CheckClient` made from the environment */
  readonly client?: Checker | undefined;
  /** The resource's name, such as `orders`. */
  readonly resource: FromRequest<Request, string>;
  /** The action's name, such as `approve`. */
  readonly action: FromRequest<Request, string>;
  /** What policies see as `request_metadata`. @defaultValue nothing */
  readonly context?: FromRequest<Request, CheckContext | undefined> | undefined;
  /**
   * Finds the user's token, for example with a session library; without one the answer is 401.
   * @defaultValue the bearer token of the `Authorization` header (RFC 6750 §2.1)
   */
  readonly token?:
    | ((request: Request) => string | null | undefined | Promise<string | null | undefined>)
    | undefined;
  /** Names in challenges what is protected (RFC 9110 §11.5). @defaultValue `"api"` */
  readonly realm?: string | undefined;
}
