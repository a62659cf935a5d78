import type { RequestHandler } from "express";
import type { DecisionEndpoints } from "./create-decision-endpoints.js";

/** Mounts the endpoints in an Express application, which answers everything else. */
export function decisionMiddleware(decisions: DecisionEndpoints): RequestHandler {
  return (request, response, next) => {
    if (decisions.matches(request)) {
      decisions.answer(request, response);
    } else {
      next();
    }
  };
}
