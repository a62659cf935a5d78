import type { IncomingMessage } from "node:http";
import { parse } from "node:querystring";
import type { NoParameters, WorkspacePath } from "@byot/api-contract";
import { accessRequest } from "../http/access-request.js";
import type { ApiKeyGuard } from "../http/api-key-guard.js";
import { readJsonBody } from "../http/json-body.js";
import { refuseUnread } from "../http/read-body.js";
import { malformedPath } from "../http/thrown-problem.js";
import { validate } from "../http/validate.js";
import { done, type Outcome, refused } from "../operations/outcome.js";
import type { DecisionEndpoint, Question } from "./decision-endpoint.js";
import type { DecisionTarget } from "./decision-path.js";

/** A request for a decision. */
export interface DecisionRequest {
  /** The request. */
  readonly request: IncomingMessage;
  /** What its target says. */
  readonly target: DecisionTarget;
  /** What it asks. */
  readonly endpoint: DecisionEndpoint;
  /** Its id. */
  readonly requestId: string;
  /** The address of its client; `undefined` when it is not known. */
  readonly client: string | undefined;
}

const noKey: Outcome<undefined> = done(undefined);
const noQuery: NoParameters = {};

/** Reads a question: first the caller's right is checked, then path and query, then the body is read. */
export async function readQuestion(
  asked: DecisionRequest,
  guard: ApiKeyGuard,
): Promise<Outcome<Question>> {
  const { request, requestId, endpoint } = asked;
  const path = readPath(asked);
  if (!path.ok) {
    return refuseUnread(request, path.problem);
  }
  const apiKey = needsNoKey(asked) ? noKey : await readKey(asked, path.value, guard);
  if (!apiKey.ok) {
    return refuseUnread(request, apiKey.problem);
  }
  const parameters = readParameters(asked, path.value);
  if (!parameters.ok) {
    return refuseUnread(request, parameters.problem);
  }
  const problem = endpoint.contentProblem?.(request.headers);
  if (problem !== undefined) {
    return refuseUnread(request, problem);
  }
  const json = await readJsonBody(request, endpoint.route.bodyLimitBytes);
  if (!json.ok) {
    return json;
  }
  return done({
    path: path.value,
    query: noQuery,
    apiKey: apiKey.value,
    body: json.value,
    requestId,
    expectedVersion: 0,
    connectionIp: asked.client,
    subjectToken: subjectTokenOf(request),
  });
}

function subjectTokenOf({ headers }: IncomingMessage): string | undefined {
  const token = headers["x-subject-token"];
  return typeof token === "string" ? token : undefined;
}

function readPath({
  request,
  target,
  endpoint: { route },
}: DecisionRequest): Outcome<WorkspacePath> {
  const workspace = decodedWorkspace(target);
  if (workspace === undefined) {
    return refused(malformedPath);
  }
  const method = route.method.toUpperCase();
  return request.method === method
    ? done({ workspace })
    : refused({ code: "method_not_allowed", detail: `the route answers ${method}` });
}

/** The workspace in a target; `undefined` when it is not well-formed. */
export function decodedWorkspace(target: DecisionTarget): string | undefined {
  try {
    return decodeURIComponent(target.workspace);
  } catch {
    return undefined;
  }
}

function needsNoKey({ request, endpoint: { route } }: DecisionRequest): boolean {
  const { authorization, cookie } = request.headers;
  return route.access === "token" && authorization === undefined && cookie === undefined;
}

function readKey(
  { request, endpoint: { route } }: DecisionRequest,
  { workspace }: WorkspacePath,
  guard: ApiKeyGuard,
): ReturnType<ApiKeyGuard> {
  return guard(accessRequest(request, { access: route.access, workspaceId: workspace }));
}

// What most requests look like needs no second look: no parameter, and a workspace spelt with ordinary characters.
const ordinary = /^[\w.~-]+$/;

function readParameters(
  { target, endpoint: { route } }: DecisionRequest,
  path: WorkspacePath,
): Outcome<unknown> {
  const read = ordinary.test(path.workspace) ? done(path) : validate(route.parameters, path);
  return read.ok && target.search !== "" ? validate(route.query, parse(target.search)) : read;
}
