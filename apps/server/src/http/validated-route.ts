import type { Route } from "@byot/api-contract";
import type { RequestHandler, Response } from "express";
import type { Answered, Operation } from "../operations/operation.js";
import { answerRefusal } from "./answer-refusal.js";
import { entityTag } from "./entity-tag.js";
import { readInvocation } from "./read-invocation.js";
import type { RouteSupport } from "./route-support.js";
import { sessionCookie } from "./session-cookie.js";

/** Answers a route with its operation, which runs only once the caller's right and all of the request were checked. */
export function validatedRoute<Path, Query, Body, Answer>(
  route: Route<Path, Query, Body, Answer>,
  operation: Operation<Path, Query, Body, Answer>,
  support: RouteSupport,
): RequestHandler {
  return async (request, response) => {
    const invocation = await readInvocation(route, support, { request, response });
    const outcome = invocation.ok ? await operation(invocation.value) : invocation;
    if (outcome.ok) {
      sendAnswer(response, route.status, outcome.value);
    } else {
      await answerRefusal({ request, response }, outcome.problem, support);
    }
  };
}

function sendAnswer<Answer>(
  response: Response,
  status: number,
  { answer, version, session }: Answered<Answer>,
): void {
  response.status(status).set("Cache-Control", "no-store");
  if (version !== undefined) {
    response.set("ETag", entityTag(version));
  }
  if (session !== undefined) {
    response.set("Set-Cookie", sessionCookie(session));
  }
  if (answer === undefined) {
    response.end();
  } else {
    response.json(answer);
  }
}
