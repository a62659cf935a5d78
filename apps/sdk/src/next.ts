/** Lets web-standard requests, as Next.js has them, go on only if they are allowed. @module */
import type { Decision } from "./decisions/decision.js";
import type { ByotError } from "./errors/errors.js";
import { conclude } from "./guard/conclude.js";
import type { Guard } from "./guard/create-guard.js";
import { createGuard } from "./guard/create-guard.js";
import type { GuardOptions } from "./guard/guard-options.js";
import { ownResponse, webResponse } from "./guard/web-response.js";

export type { Checker } from "./guard/guard-options.js";

/** What is read of a request. */
export interface RequestLike {
  /** Its header fields. */
  readonly headers: {
    /** The value of a field, or `null`. */
    get(name: string): string | null;
  };
}

/** What a request has to be allowed to do, and what happens when it is not. A function that reads the body must clone. */
export interface NextOptions<Req> extends GuardOptions<Req> {
  /** Answers a denial; the request never goes on. @defaultValue 403 as problem+json */
  readonly onDeny?: (decision: Decision, request: Req) => Response | Promise<Response>;
  /** Answers when there is no decision; the request never goes on. @defaultValue 401 or 503, else it is thrown */
  readonly onError?: (error: ByotError, request: Req) => Response | Promise<Response>;
}

/**
 * A route handler that runs only for requests that are allowed. It gets the decision as its third argument. The client
 * is made at the first request: at build time the environment may not be there.
 */
export function withAuthorization<Req extends RequestLike, Route, Res>(
  options: NextOptions<Req>,
  handler: (request: Req, route: Route, decision: Decision) => Res | Promise<Res>,
): (request: Req, route: Route) => Promise<Res | Response> {
  let guard: Guard<Req> | undefined;
  const { onDeny, onError } = options;
  return async (request, route) => {
    guard ??= createGuard(options);
    return conclude<Promise<Res | Response>>(
      await guard(request, request.headers.get("authorization")),
      {
        allow: async (decision) => handler(request, route, decision),
        refuse: async (refusal) => webResponse(refusal),
        onDeny: onDeny && (async (decision) => ownResponse(onDeny(decision, request))),
        onError: onError && (async (error) => ownResponse(onError(error, request))),
      },
    );
  };
}

/** For `proxy.ts` (`middleware.ts` before Next.js 16): answers what is not allowed, and leaves the rest to the routes. */
export function requireAuthorization<Req extends RequestLike>(
  options: NextOptions<Req>,
): (request: Req) => Promise<Response | undefined> {
  const judge = withAuthorization(options, () => undefined);
  return async (request) => judge(request, undefined);
}
