import { authzenRoutes, routes } from "@byot/api-contract";
import { authzenContentProblem } from "../http/authzen-content.js";
import type { Operations } from "../operations/operation.js";
import { readPlainCheck } from "./read-plain-check.js";
import { createDecisionEndpoint, type DecisionEndpoint } from "./decision-endpoint.js";

/** Every way to ask for decisions. */
export function decisionTable({
  decisions,
  authzen,
}: Pick<Operations, "decisions" | "authzen">): readonly DecisionEndpoint[] {
  return [
    createDecisionEndpoint({
      route: routes.decisions.authorize,
      operation: decisions.authorize,
      readPlainBody: readPlainCheck,
    }),
    createDecisionEndpoint({
      route: routes.decisions.authorizeBatch,
      operation: decisions.authorizeBatch,
    }),
    createDecisionEndpoint({
      route: authzenRoutes.evaluation,
      operation: authzen.evaluation,
      contentProblem: authzenContentProblem,
    }),
    createDecisionEndpoint({
      route: authzenRoutes.evaluations,
      operation: authzen.evaluations,
      contentProblem: authzenContentProblem,
    }),
  ];
}
