/** Lets requests of Express, or of anything on `node:http`, go on only if they are allowed. @module */
import type { Decision } from "./decisions/decision.js";
import type { ByotError } from "./errors/errors.js";
import { conclude } from "./guard/conclude.js";
import { createGuard } from "./guard/create-guard.js";
import { keepDecision } from "./guard/decision-of.js";
import type { GuardOptions } from "./guard/guard-options.js";
import type { NodeRequest } from "./guard/node-request.js";
import type { Refusal } from "./guard/refusal.js";

export { decisionOf } from "./guard/decision-of.js";
export type { Checker } from "./guard/guard-options.js";

/** What is used of a response. */
export interface ResponseLike {
  /** The HTTP status. */
  statusCode: number;
  /** Sets a header field. */
  setHeader(name: string, value: string): unknown;
  /** Sends the body. */
  end(body: string): unknown;
}

/** What a request has to be allowed to do, and what happens when it is not. */
export interface ExpressOptions<Req, Res> extends GuardOptions<Req> {
  /** Answers a denial; the request never goes on. @defaultValue 403 as problem+json */
  readonly onDeny?: (decision: Decision, request: Req, response: Res) => unknown;
  /** Answers when there is no decision; the request never goes on. @defaultValue 401 or 503, else `next(error)` */
  readonly onError?: (error: ByotError, request: Req, response: Res) => unknown;
}

function send(response: ResponseLike, { status, headers, body }: Refusal): void {
  response.statusCode = status;
  Object.entries(headers).forEach(([name, value]) => response.setHeader(name, value));
  response.end(body);
}

/** Middleware that lets a request go on only if it is allowed; `decisionOf(request)` is then its decision. */
export function requireAuthorization<Req extends NodeRequest, Res extends ResponseLike>(
  options: ExpressOptions<Req, Res>,
): (request: Req, response: Res, next: (error?: unknown) => void) => void {
  const guard = createGuard(options);
  const { onDeny, onError } = options;
  return (request, response, next) => {
    const judge = async (): Promise<boolean> => {
      let goesOn = false;
      await conclude<unknown>(await guard(request, request.headers.authorization), {
        allow: (decision) => {
          keepDecision(request, decision);
          goesOn = true;
        },
        refuse: (refusal) => send(response, refusal),
        onDeny: onDeny && ((decision) => onDeny(decision, request, response)),
        onError: onError && ((error) => onError(error, request, response)),
      });
      return goesOn;
    };
    // oxlint-disable-next-line promise/no-callback-in-promise -- it is how Express goes on
    judge().then((goesOn) => (goesOn ? next() : undefined), next);
  };
}
