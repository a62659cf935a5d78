import { routes } from "@byot/api-contract";
import type { Operations } from "../operations/operation.js";
import { readPlainCheck } from "./read-plain-check.js";
import { createDecisionEndpoint, type DecisionEndpoint } from "./decision-endpoint.js";

/** Every way to ask for decisions. */
export function decisionTable(
  operations: Pick<Operations, "decisions">,
): readonly DecisionEndpoint[] {
  return [
    createDecisionEndpoint({
      route: routes.decisions.authorize,
      operation: operations.decisions.authorize,
      readPlainBody: readPlainCheck,
    }),
  ];
}
