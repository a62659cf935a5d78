/** Lets requests of Fastify go on only if they are allowed. @module */
import type { Decision } from "./decisions/decision.js";
import type { ByotError } from "./errors/errors.js";
import { conclude } from "./guard/conclude.js";
import { createGuard } from "./guard/create-guard.js";
import { keepDecision } from "./guard/decision-of.js";
import type { GuardOptions } from "./guard/guard-options.js";
import type { NodeRequest } from "./guard/node-request.js";

export { decisionOf } from "./guard/decision-of.js";
export type { Checker } from "./guard/guard-options.js";

/** What is used of a reply. */
export interface ReplyLike {
  /** Sets the HTTP status. */
  code(status: number): unknown;
  /** Sets header fields. */
  headers(fields: Record<string, string>): unknown;
  /** Sends the body. */
  send(body: string): unknown;
}

/** What a request has to be allowed to do, and what happens when it is not. */
export interface FastifyOptions<Req, Reply> extends GuardOptions<Req> {
  /** Answers a denial; the request never goes on. @defaultValue 403 as problem+json */
  readonly onDeny?: (decision: Decision, request: Req, reply: Reply) => unknown;
  /** Answers when there is no decision; the request never goes on. @defaultValue 401 or 503, else it is thrown */
  readonly onError?: (error: ByotError, request: Req, reply: Reply) => unknown;
}

/** A `preHandler` that lets a request go on only if it is allowed; `decisionOf(request)` is then its decision. */
export function requireAuthorization<Req extends NodeRequest, Reply extends ReplyLike>(
  options: FastifyOptions<Req, Reply>,
): (request: NoInfer<Req>, reply: NoInfer<Reply>) => Promise<Reply | undefined> {
  const guard = createGuard(options);
  const { onDeny, onError } = options;
  return async (request, reply) => {
    let goesOn = false;
    await conclude<unknown>(await guard(request, request.headers.authorization), {
      allow: (decision) => {
        keepDecision(request, decision);
        goesOn = true;
      },
      refuse: ({ status, headers, body }) => {
        reply.code(status);
        reply.headers(headers);
        reply.send(body);
      },
      onDeny: onDeny && ((decision) => onDeny(decision, request, reply)),
      onError: onError && ((error) => onError(error, request, reply)),
    });
    return goesOn ? undefined : reply;
  };
}
