import type { Route } from "@byot/api-contract";
import type { RequestHandler, Response } from "express";
import type { Answered, Operation } from "../operations/operation.js";
import type { ApiKeyGuard } from "./api-key-guard.js";
import { entityTag } from "./entity-tag.js";
import { sendProblem } from "./problem-response.js";
import { readInvocation } from "./read-invocation.js";
import { sessionCookie } from "./session-cookie.js";

/** Answers a route with its operation, which runs only once the caller's right and all of the request were checked. */
export function validatedRoute<Path, Query, Body, Answer>(
  route: Route<Path, Query, Body, Answer>,
  operation: Operation<Path, Query, Body, Answer>,
  guard: ApiKeyGuard,
): RequestHandler {
  return async (request, response) => {
    const invocation = await readInvocation(route, guard, { request, response });
    const outcome = invocation.ok ? await operation(invocation.value) : invocation;
    if (outcome.ok) {
      sendAnswer(response, route.status, outcome.value);
    } else {
      sendProblem(response, outcome.problem);
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
