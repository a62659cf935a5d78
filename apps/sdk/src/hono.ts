/** Lets requests of Hono go on only if they are allowed. @module */
import type { Decision } from "./decisions/decision.js";
import type { ByotError } from "./errors/errors.js";
import { conclude } from "./guard/conclude.js";
import { createGuard } from "./guard/create-guard.js";
import { keepDecision } from "./guard/decision-of.js";
import type { GuardOptions } from "./guard/guard-options.js";
import { webResponse } from "./guard/web-response.js";

export { decisionOf } from "./guard/decision-of.js";
export type { Checker } from "./guard/guard-options.js";

/** What is read of a context. */
export interface ContextLike {
  /** The request. */
  readonly req: {
    /** A header field. */
    header(name: string): string | undefined;
  };
}

/** What a request has to be allowed to do, and what happens when it is not. */
export interface HonoOptions<Ctx> extends GuardOptions<Ctx> {
  /** Answers a denial; the request never goes on. @defaultValue 403 as problem+json */
  readonly onDeny?: (decision: Decision, context: Ctx) => Response | Promise<Response>;
  /** Answers when there is no decision; the request never goes on. @defaultValue 401 or 503, else it is thrown */
  readonly onError?: (error: ByotError, context: Ctx) => Response | Promise<Response>;
}

/** Middleware that lets a request go on only if it is allowed; `decisionOf(context)` is then its decision. */
export function requireAuthorization<Ctx extends ContextLike>(
  options: HonoOptions<Ctx>,
): (context: Ctx, next: () => Promise<void>) => Promise<Response | void> {
  const guard = createGuard(options);
  const { onDeny, onError } = options;
  return async (context, next) =>
    conclude<Response | Promise<Response | void>>(
      await guard(context, context.req.header("authorization")),
      {
        allow: (decision) => {
          keepDecision(context, decision);
          return next();
        },
        refuse: webResponse,
        onDeny: onDeny && (async (decision) => onDeny(decision, context)),
        onError: onError && (async (error) => onError(error, context)),
      },
    );
}
