import {
  authzenDecisionSchema,
  authzenDecisionsSchema,
  authzenEvaluationSchema,
  authzenEvaluationsSchema,
  authzenMetadataSchema,
} from "./authzen.js";
import type {
  AuthzenDecision,
  AuthzenDecisions,
  AuthzenEvaluation,
  AuthzenEvaluations,
  AuthzenMetadata,
} from "./authzen.js";
import {
  noBodySchema,
  type NoParameters,
  noParametersSchema,
  ordinaryBodyLimitBytes,
} from "./collection-routes.js";
import { type WorkspacePath, workspacePathSchema } from "./paths.js";
import type { Route } from "./route.js";

/**
 * The AuthZEN Authorization API 1.0 of each workspace. Every mistake in a request is a 400 here, of the content type
 * too, and answers come without the envelope of the other routes.
 */
export interface AuthzenRoutes {
  /** Decides one question. */
  readonly evaluation: Route<WorkspacePath, NoParameters, AuthzenEvaluation, AuthzenDecision>;
  /** Decides several questions. */
  readonly evaluations: Route<
    WorkspacePath,
    NoParameters,
    AuthzenEvaluations,
    AuthzenDecisions | AuthzenDecision
  >;
  /** Says where the other two are. */
  readonly metadata: Route<WorkspacePath, NoParameters, undefined, AuthzenMetadata>;
}

const basePath = "/authzen/:workspace";

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

/** The routes of AuthZEN. */
export const authzenRoutes: AuthzenRoutes = {
  evaluation: {
    ...asking,
    path: `${basePath}/access/v1/evaluation`,
    summary: "Decides one question of the AuthZEN Authorization API 1.0.",
    body: authzenEvaluationSchema,
    answer: authzenDecisionSchema,
  },
  evaluations: {
    ...asking,
    path: `${basePath}/access/v1/evaluations`,
    summary: "Decides several questions of the AuthZEN Authorization API 1.0.",
    body: authzenEvaluationsSchema,
    answer: authzenDecisionsSchema,
  },
  metadata: {
    ...asking,
    method: "get",
    path: `/.well-known/authzen-configuration${basePath}`,
    summary: "Says where a workspace answers the AuthZEN Authorization API 1.0.",
    access: "anyone",
    body: noBodySchema,
    bodyLimitBytes: 0,
    answer: authzenMetadataSchema,
  },
};
