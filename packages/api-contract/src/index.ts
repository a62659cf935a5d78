/** The wire format of the byot HTTP API: schemas, types, routes and error codes. @module */
export { apiKeyAnswerSchema, newApiKeyAnswerSchema, newApiKeyBodySchema } from "./api-keys.js";
export { authorizeRequestSchema, decisionSchema, reasonMessages } from "./authorize.js";
export { maximumBuckets } from "./audit-statistics.js";
export { maximumBatchChecks } from "./authorize-batch.js";
export {
  authzenEvaluationSchema,
  authzenEvaluationsSchema,
  maximumEvaluations,
} from "./authzen.js";
export { authzenRoutes } from "./authzen-routes.js";
export { sessionCookieName } from "./console-session.js";
export { contextSchema, maximumContextDepth, maximumContextKeys } from "./json.js";
export { decisionsQuerySchema, loggedDecisionSchema } from "./logged-decision.js";
export { loggedRefusalSchema } from "./logged-refusal.js";
export { createOpenApiDocument } from "./openapi/create-openapi-document.js";
export { namedRoutes } from "./openapi/named-routes.js";
export { problemSchema } from "./problem.js";
export { problemCatalogue } from "./problem-catalogue.js";
export { providerTypes } from "./providers.js";
export { routes } from "./routes.js";
export { isScope, scopeMeanings, scopes } from "./scopes.js";
export { findJsonMistake, maximumBodyDepth } from "./text.js";
export { defaultWorkspaceSettings } from "./workspace-settings.js";
export type { ApiKeyAnswer, NewApiKeyAnswer, NewApiKeyBody } from "./api-keys.js";
export type {
  ChainHead,
  ChainProblem,
  ChainReport,
  CheckpointAnswer,
  VerifyBody,
} from "./audit-chain.js";
export type { ErasureAnswer, ErasureBody } from "./audit-erasure.js";
export type { AuditRoutes } from "./audit-routes.js";
export type { StatisticsAnswer, StatisticsBucket, StatisticsQuery } from "./audit-statistics.js";
export type { AuthorizeRequest, Decision, Obligation, Reason, ReasonCode } from "./authorize.js";
export type { AuthorizeBatchRequest, BatchCheck, BatchDecisions } from "./authorize-batch.js";
export type {
  AuthzenAction,
  AuthzenDecision,
  AuthzenDecisions,
  AuthzenEvaluation,
  AuthzenEvaluations,
  AuthzenMetadata,
  AuthzenParts,
  AuthzenResource,
  AuthzenSubject,
  EvaluationsSemantic,
} from "./authzen.js";
export type { AuthzenRoutes } from "./authzen-routes.js";
export type {
  CollectionRoutes,
  CollectionTypes,
  ConfiguredTypes,
  NoParameters,
} from "./collection-routes.js";
export type {
  ConfigDocument,
  ConfigPlan,
  ConfigWriteQuery,
  PlannedThing,
} from "./configuration.js";
export type { ConfigurationRoutes } from "./configuration-routes.js";
export type { NewSessionBody, SessionAnswer } from "./console-session.js";
export type { DecisionRoutes } from "./decision-routes.js";
export type { DataAnswer, PageAnswer } from "./envelope.js";
export type {
  ConditionChange,
  ConditionError,
  DeterminingRule,
  Explanation,
  NearestMiss,
  TraceNode,
} from "./explanation.js";
export type { JsonObject, JsonValue } from "./json.js";
export type { ChangedKind, ChangesQuery, LoggedChange } from "./logged-change.js";
export type {
  DecisionFilter,
  DecisionsQuery,
  LoggedAttribute,
  LoggedDecision,
} from "./logged-decision.js";
export type { LoggedRefusal, RefusalsQuery } from "./logged-refusal.js";
export type { OpenApiDocument, OpenApiOptions } from "./openapi/create-openapi-document.js";
export type { AnyRoute, NamedRoute, RouteGroup } from "./openapi/named-routes.js";
export type { PageQuery } from "./page-schema.js";
export type { ItemPath, WorkspacePath } from "./paths.js";
export type {
  ConfigPermission,
  NewPermissionBody,
  PermissionAnswer,
  PermissionBody,
  PermissionTarget,
} from "./permissions.js";
export type {
  ConfigPolicy,
  NewPolicyAnswer,
  NewPolicyBody,
  PolicyAnswer,
  PolicyBody,
  PolicyFinding,
} from "./policies.js";
export type {
  PolicyDraft,
  PolicyValidation,
  PolicyVersionPath,
  RollbackBody,
} from "./policy-drafts.js";
export type { PolicyRoutes } from "./policy-routes.js";
export type { Problem, ProblemItem } from "./problem.js";
export type { ProblemCode } from "./problem-catalogue.js";
export type { ProblemKind } from "./problem-kind.js";
export type {
  ConfigProvider,
  JsonWebKeySet,
  NewProviderBody,
  ProviderAnswer,
  ProviderBody,
  ProviderType,
} from "./providers.js";
export type { PresetAnswer } from "./presets.js";
export type { ProviderKeysAnswer } from "./provider-keys.js";
export type { ProviderRoutes } from "./provider-routes.js";
export type {
  ConnectionAnswer,
  DiagnosisAnswer,
  ProviderWriteQuery,
  TestTokenBody,
} from "./provider-tests.js";
export type { NewResourceBody, ResourceAnswer, ResourceBody } from "./resources.js";
export type { Route, RouteAccess, RouteCall, RouteInput, StreamRoute } from "./route.js";
export type { DeleteWorkspaceQuery, Routes } from "./route-table.js";
export type { Scope } from "./scopes.js";
export type { SessionRoutes } from "./session-routes.js";
export type { SimulationAnswer, SimulationRequest } from "./simulation.js";
export type { StoredAnswer } from "./stored-answer.js";
export type { JsonMistake } from "./text.js";
export type { TimeSpanQuery } from "./time.js";
export type { WorkspaceSettings } from "./workspace-settings.js";
export type { NewWorkspaceBody, WorkspaceAnswer, WorkspaceBody } from "./workspaces.js";
