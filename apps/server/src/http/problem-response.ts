import type { ServerResponse } from "node:http";
import type { OperationProblem } from "../operations/outcome.js";
import { setRawFields } from "./header-fields.js";
import { problemReply } from "./problem-reply.js";
import { requestIdOf } from "./request-id.js";

/** Answers a problem as `application/problem+json` (RFC 9457), beside the header fields that are set already. */
export function sendProblem(response: ServerResponse, problem: OperationProblem): void {
  const { status, fields, text } = problemReply(problem, requestIdOf(response));
  response.statusCode = status;
  setRawFields(response, fields);
  response.setHeader("Content-Length", Buffer.byteLength(text));
  response.end(text);
}
