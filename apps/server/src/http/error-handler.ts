import type { ErrorRequestHandler } from "express";
import { sendProblem } from "./problem-response.js";
import { requestIdOf } from "./request-id.js";
import { type ErrorLog, thrownProblem } from "./thrown-problem.js";

/** Turns what was thrown into an answer. */
export function answerErrors(log: ErrorLog): ErrorRequestHandler {
  // oxlint-disable-next-line max-params -- Express tells error handlers by their four parameters
  return (error: unknown, _request, response, _next) => {
    const requestId = requestIdOf(response);
    if (response.headersSent) {
      log.error({ err: error, requestId }, "an answer was cut off");
      // SECURITY: a reset and no orderly end, which a client of HTTP/1.0 would take for the end of the answer.
      response.socket?.resetAndDestroy();
      return;
    }
    sendProblem(response, thrownProblem(error, log, requestId));
  };
}
