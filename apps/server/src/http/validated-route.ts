import type { Route } from "@byot/api-contract";
import type { Request, RequestHandler, Response } from "express";
import type { Answered, Invocation, Operation } from "../operations/operation.js";
import { done, type Outcome } from "../operations/outcome.js";
import type { ApiKeyGuard } from "./api-key-guard.js";
import { entityTag, expectedVersion } from "./entity-tag.js";
import { readJsonBody } from "./json-body.js";
import { sendProblem } from "./problem-response.js";
import { requestIdOf } from "./request-id.js";
import { validate } from "./validate.js";

/**
 * Answers a route with its operation: first the caller's right is checked, then path, query, version and body are read,
 * and only then the operation runs.
 */
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

interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

async function readInvocation<Path, Query, Body, Answer>(
  route: Route<Path, Query, Body, Answer>,
  guard: ApiKeyGuard,
  exchange: Exchange,
): Promise<Outcome<Invocation<Path, Query, Body>>> {
  const { request, response } = exchange;
  const workspaceId = request.params["workspace"];
  const apiKey = await guard({
    access: route.access,
    authorization: request.get("authorization"),
    workspaceId: typeof workspaceId === "string" ? workspaceId : undefined,
  });
  if (!apiKey.ok) {
    return apiKey;
  }
  const path = validate(route.parameters, request.params);
  if (!path.ok) {
    return path;
  }
  const query = validate(route.query, request.query);
  if (!query.ok) {
    return query;
  }
  const version = route.requiresVersion ? expectedVersion(request.get("if-match")) : done(0);
  if (!version.ok) {
    return version;
  }
  const body = await readBody(route, exchange);
  if (!body.ok) {
    return body;
  }
  return done({
    path: path.value,
    query: query.value,
    body: body.value,
    apiKey: apiKey.value,
    expectedVersion: version.value,
    requestId: requestIdOf(response),
  });
}

async function readBody<Path, Query, Body, Answer>(
  route: Route<Path, Query, Body, Answer>,
  { request, response }: Exchange,
): Promise<Outcome<Body>> {
  if (route.bodyLimitBytes === 0) {
    return validate(route.body, undefined);
  }
  const json = await readJsonBody(request, response, route.bodyLimitBytes);
  return json.ok ? validate(route.body, json.value) : json;
}

function sendAnswer<Answer>(
  response: Response,
  status: number,
  { answer, version }: Answered<Answer>,
): void {
  response.status(status).set("Cache-Control", "no-store");
  if (version !== undefined) {
    response.set("ETag", entityTag(version));
  }
  if (answer === undefined) {
    response.end();
  } else {
    response.json(answer);
  }
}
