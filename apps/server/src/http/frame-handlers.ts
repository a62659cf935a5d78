import type { RequestHandler } from "express";
import { setFields } from "./header-fields.js";
import type { HttpFrame } from "./http-frame.js";
import { sendProblem } from "./problem-response.js";

/** Begins every answer in a frame; what is answered by that goes no further. */
export function beginAnswers(frame: Pick<HttpFrame, "begin" | "run">): RequestHandler {
  return (request, response, next) => {
    if (!frame.begin(request, response)) {
      frame.run(request, next);
    }
  };
}

/** Refuses requests of clients that ask too much. */
export function limitRequests({
  clientAddress,
  rateLimits,
}: Pick<HttpFrame, "clientAddress" | "rateLimits">): RequestHandler {
  return async (request, response, next) => {
    const limited = await rateLimits.refuseRequest(clientAddress(request));
    if (limited === undefined) {
      next();
      return;
    }
    setFields(response, limited.fields);
    sendProblem(response, limited.problem);
  };
}
