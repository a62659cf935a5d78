import type { IncomingMessage, ServerResponse } from "node:http";
import { type AccessLog, logWhenClosed } from "../http/access-log.js";
import { type RawFields, rawFields } from "../http/header-fields.js";
import type { HttpFrame } from "../http/http-frame.js";
import type { LimitedProblem } from "../http/rate-limits.js";
import type { Reply } from "../http/reply.js";
import type { RouteSupport } from "../http/route-support.js";
import { type ErrorLog, thrownProblem } from "../http/thrown-problem.js";
import type { OperationProblem } from "../operations/outcome.js";
import type { DecisionEndpoint } from "./decision-endpoint.js";
import { decodedWorkspace, type DecisionRequest, readQuestion } from "./read-question.js";

/** What answers requests for decisions, whoever hands them over: `node:http` itself or an Express application. */
export interface DecisionEndpoints {
  /** Whether a request is for a path where decisions are made, whatever its method. */
  matches(request: IncomingMessage): boolean;
  /**
   * Answers a request that matches.
   *
   * @throws TypeError when it does not match.
   */
  answer(request: IncomingMessage, response: ServerResponse): void;
}

/** What the endpoints are put together from. */
export interface DecisionEndpointsParts extends RouteSupport, Pick<HttpFrame, "headFor" | "run"> {
  /** Every way to ask. */
  readonly table: readonly DecisionEndpoint[];
  /** Where the operator reads what has failed. */
  readonly errors: ErrorLog;
  /** Where each request is logged. @defaultValue nowhere: the decision log is the record of decisions */
  readonly accessLog?: AccessLog | undefined;
}

/** Puts the endpoints together. */
export function createDecisionEndpoints(parts: DecisionEndpointsParts): DecisionEndpoints {
  const { table, headFor, accessLog, clientAddress } = parts;
  return {
    matches: ({ url = "" }) => table.some(({ readTarget }) => readTarget(url) !== undefined),
    answer(request, response) {
      const found = findEndpoint(table, request.url ?? "");
      const { requestId, fields, isPreflight } = headFor(request, response);
      if (accessLog !== undefined) {
        const { method } = request;
        const { path: route } = found.endpoint.route;
        logWhenClosed(accessLog, response, () => ({ requestId, method, route }));
      }
      if (isPreflight) {
        response.writeHead(204, [...fields]).end();
        return;
      }
      const asked = { ...found, request, requestId, client: clientAddress(request) };
      void parts
        .run(request, () => replyTo(asked, parts))
        .then((reply) => send(response, fields, reply));
    },
  };
}

function findEndpoint(
  table: readonly DecisionEndpoint[],
  url: string,
): Pick<DecisionRequest, "endpoint" | "target"> {
  for (const endpoint of table) {
    const target = endpoint.readTarget(url);
    if (target !== undefined) {
      return { endpoint, target };
    }
  }
  throw new TypeError("no decisions are made under this path");
}

/** Never rejects: there is an answer to everything. */
async function replyTo(asked: DecisionRequest, parts: DecisionEndpointsParts): Promise<Reply> {
  const { endpoint, requestId } = asked;
  try {
    const limited = await parts.rateLimits.refuseRequest(asked.client);
    if (limited !== undefined) {
      return replyRefused(asked, limited);
    }
    const question = await readQuestion(asked, parts.guard);
    const outcome = question.ok ? await endpoint.decide(question.value) : question;
    return outcome.ok ? endpoint.reply(outcome.value) : await refuse(asked, outcome.problem, parts);
  } catch (error) {
    return endpoint.refuse(thrownProblem(error, parts.errors, requestId), requestId);
  }
}

async function refuse(
  asked: DecisionRequest,
  problem: OperationProblem,
  { rateLimits }: Pick<DecisionEndpointsParts, "rateLimits">,
): Promise<Reply> {
  const workspaceId = decodedWorkspace(asked.target);
  return replyRefused(
    asked,
    await rateLimits.judgeFailure(problem, { client: asked.client, workspaceId }),
  );
}

function replyRefused(
  { endpoint, requestId }: DecisionRequest,
  { problem, fields }: LimitedProblem,
): Reply {
  const allow =
    problem.code === "method_not_allowed" ? ["Allow", endpoint.route.method.toUpperCase()] : [];
  const reply = endpoint.refuse(problem, requestId);
  return { ...reply, fields: [...rawFields(fields), ...allow, ...reply.fields] };
}

function send(
  response: ServerResponse,
  everyAnswer: RawFields,
  { status, fields, text }: Reply,
): void {
  const length = String(Buffer.byteLength(text));
  response.writeHead(status, [...everyAnswer, ...fields, "Content-Length", length]);
  response.end(text);
}
