import type { RouteCall } from "@byot/api-contract";
import type { Request, Response } from "express";
import type { Invocation } from "../operations/operation.js";
import { done, type Outcome } from "../operations/outcome.js";
import { accessRequest } from "./access-request.js";
import type { ApiKeyGuard } from "./api-key-guard.js";
import type { ReadClientAddress } from "./client-address.js";
import { expectedVersion } from "./entity-tag.js";
import { readJsonBody } from "./json-body.js";
import { requestIdOf } from "./request-id.js";
import { validate } from "./validate.js";

/** A request and the response to it. */
export interface Exchange {
  /** What was asked. */
  readonly request: Request;
  /** What will be answered. */
  readonly response: Response;
}

/** What requests are read with. */
export interface RequestReading {
  /** Decides whether a request may be answered. */
  readonly guard: ApiKeyGuard;
  /** Finds out whom a request comes from. */
  readonly clientAddress: ReadClientAddress;
}

/** The workspace in the path of a request. */
export function workspaceOf({ params }: Pick<Request, "params">): string | undefined {
  const workspace = params["workspace"];
  return typeof workspace === "string" ? workspace : undefined;
}

/**
 * Reads the call of an operation from a request: first the caller's right is checked, then path, query, version and
 * body are read.
 */
export async function readInvocation<Path, Query, Body>(
  route: RouteCall<Path, Query, Body>,
  { guard, clientAddress }: RequestReading,
  exchange: Exchange,
): Promise<Outcome<Invocation<Path, Query, Body>>> {
  const { request, response } = exchange;
  const apiKey = await guard(
    accessRequest(request, { access: route.access, workspaceId: workspaceOf(request) }),
  );
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
    connectionIp: clientAddress(request),
    subjectToken: request.get("x-subject-token"),
  });
}

async function readBody<Path, Query, Body>(
  route: RouteCall<Path, Query, Body>,
  { request }: Exchange,
): Promise<Outcome<Body>> {
  if (route.bodyLimitBytes === 0) {
    return validate(route.body, undefined);
  }
  const json = await readJsonBody(request, route.bodyLimitBytes);
  return json.ok ? validate(route.body, json.value) : json;
}
