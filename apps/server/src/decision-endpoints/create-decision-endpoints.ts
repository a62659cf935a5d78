import type { IncomingMessage, ServerResponse } from "node:http";
import { type AccessLog, logWhenClosed } from "../http/access-log.js";
import type { AnswerHead, HttpFrame } from "../http/http-frame.js";
import type { Reply } from "../http/reply.js";
import { requestIdHeader } from "../http/request-id.js";
import type { DecisionEndpoint } from "./decision-endpoint.js";
import type { DecisionRequest } from "./read-question.js";
import { type ReplyParts, replyTo } from "./reply-to.js";

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
export interface DecisionEndpointsParts extends ReplyParts, Pick<HttpFrame, "headFor" | "run"> {
  /** Every way to ask. */
  readonly table: readonly DecisionEndpoint[];
  /** Where each request is logged. @defaultValue nowhere: the decision log is the record of decisions */
  readonly accessLog?: AccessLog | undefined;
}

/** Puts the endpoints together. */
export function createDecisionEndpoints(parts: DecisionEndpointsParts): DecisionEndpoints {
  const { table, headFor, accessLog, clientAddress, run } = parts;
  return {
    matches: ({ url = "" }) => table.some(({ readTarget }) => readTarget(url) !== undefined),
    answer(request, response) {
      const { endpoint, target } = findEndpoint(table, request.url ?? "");
      const head = headFor(request, response);
      const { requestId } = head;
      if (accessLog !== undefined) {
        const { method } = request;
        logWhenClosed(accessLog, response, () => ({
          requestId,
          method,
          route: endpoint.route.path,
        }));
      }
      if (head.isPreflight) {
        response.writeHead(204, [requestIdHeader, requestId, ...head.fields]).end();
        return;
      }
      const client = clientAddress(request);
      const asked = { request, endpoint, target, requestId, client };
      void run(request, () => answerRequest(asked, { head, response, parts }));
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

interface Answering {
  readonly head: AnswerHead;
  readonly response: ServerResponse;
  readonly parts: DecisionEndpointsParts;
}

/** Never rejects: nobody waits for it. */
async function answerRequest(
  asked: DecisionRequest,
  { head, response, parts }: Answering,
): Promise<void> {
  const reply = await replyTo(asked, parts);
  try {
    send(response, head, reply);
  } catch (error) {
    parts.errors.error({ err: error, requestId: head.requestId }, "an answer could not be sent");
    response.destroy();
  }
}

function send(
  response: ServerResponse,
  head: Pick<AnswerHead, "requestId" | "fields">,
  { status, fields, text }: Reply,
): void {
  // An application around this one may have answered meanwhile, such as one that limits the time.
  if (response.headersSent) {
    return;
  }
  response.writeHead(status, [
    requestIdHeader,
    head.requestId,
    ...head.fields,
    ...fields,
    "Content-Length",
    String(Buffer.byteLength(text)),
  ]);
  response.end(text);
}
