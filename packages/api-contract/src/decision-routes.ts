import { authorizeRequestSchema, decisionSchema } from "./authorize.js";
import type { AuthorizeRequest, Decision } from "./authorize.js";
import { authorizeBatchRequestSchema, batchDecisionsSchema } from "./authorize-batch.js";
import type { AuthorizeBatchRequest, BatchDecisions } from "./authorize-batch.js";
import {
  type NoParameters,
  noParametersSchema,
  ordinaryBodyLimitBytes,
  policyBodyLimitBytes,
} from "./collection-routes.js";
import { type DataAnswer, dataAnswer } from "./envelope.js";
import { workspacePath, type WorkspacePath, workspacePathSchema } from "./paths.js";
import type { Route } from "./route.js";
import { simulationAnswerSchema, simulationRequestSchema } from "./simulation.js";
import type { SimulationAnswer, SimulationRequest } from "./simulation.js";

/** Decisions, and what they would be. */
export interface DecisionRoutes {
  /** Decides one question. */
  readonly authorize: Route<WorkspacePath, NoParameters, AuthorizeRequest, DataAnswer<Decision>>;
  /** Decides several questions about one token. */
  readonly authorizeBatch: Route<
    WorkspacePath,
    NoParameters,
    AuthorizeBatchRequest,
    DataAnswer<BatchDecisions>
  >;
  /** Says what would be decided for given attributes. */
  readonly simulate: Route<
    WorkspacePath,
    NoParameters,
    SimulationRequest,
    DataAnswer<SimulationAnswer>
  >;
}

const asking = {
  format: "json",
  method: "post",
  access: "token",
  parameters: workspacePathSchema,
  query: noParametersSchema,
  bodyLimitBytes: ordinaryBodyLimitBytes,
  status: 200,
  requiresVersion: false,
} as const;

/** The routes of decisions. */
export const decisionRoutes: DecisionRoutes = {
  authorize: {
    ...asking,
    path: `${workspacePath}/authorize`,
    summary: "Decides whether the token's holder may do an action on a resource.",
    body: authorizeRequestSchema,
    answer: dataAnswer(decisionSchema),
  },
  authorizeBatch: {
    ...asking,
    path: `${workspacePath}/authorize/batch`,
    summary: "Decides up to 100 questions about one token, all on one revision.",
    body: authorizeBatchRequestSchema,
    answer: dataAnswer(batchDecisionsSchema),
  },
  simulate: {
    ...asking,
    path: `${workspacePath}/simulate`,
    summary: "Says what would be decided for given attributes, with the explanation.",
    access: "decisions:explain",
    body: simulationRequestSchema,
    bodyLimitBytes: policyBodyLimitBytes,
    answer: dataAnswer(simulationAnswerSchema),
  },
};
