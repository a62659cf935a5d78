/** The wire format of the byot HTTP API: schemas, types, routes and error codes. @module */
export { apiKeyAnswerSchema, newApiKeyAnswerSchema, newApiKeyBodySchema } from "./api-keys.js";
export { decisionsQuerySchema, loggedDecisionSchema, loggedRefusalSchema } from "./audit.js";
export { authorizeRequestSchema, decisionSchema, reasonMessages } from "./authorize.js";
export { contextSchema, maximumContextDepth, maximumContextKeys } from "./json.js";
export { problemSchema } from "./problem.js";
export { problemCatalogue } from "./problem-catalogue.js";
export { providerTypes } from "./providers.js";
export { routes } from "./routes.js";
export { isScope, scopeMeanings, scopes } from "./scopes.js";
export { findJsonMistake, maximumBodyDepth } from "./text.js";
export type { ApiKeyAnswer, NewApiKeyAnswer, NewApiKeyBody } from "./api-keys.js";
export type { DecisionsQuery, LoggedDecision, LoggedRefusal } from "./audit.js";
export type { AuthorizeRequest, Decision, Obligation, Reason, ReasonCode } from "./authorize.js";
export type { CollectionRoutes, CollectionTypes, NoParameters } from "./collection-routes.js";
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
export type { PageQuery } from "./page-schema.js";
export type {
  NewPermissionBody,
  PermissionAnswer,
  PermissionBody,
  PermissionTarget,
} from "./permissions.js";
export type {
  NewPolicyAnswer,
  NewPolicyBody,
  PolicyAnswer,
  PolicyBody,
  PolicyFinding,
} from "./policies.js";
export type { Problem, ProblemItem } from "./problem.js";
export type { ProblemCode } from "./problem-catalogue.js";
export type { ProblemKind } from "./problem-kind.js";
export type {
  JsonWebKeySet,
  NewProviderBody,
  ProviderAnswer,
  ProviderBody,
  ProviderType,
} from "./providers.js";
export type { PresetAnswer } from "./presets.js";
export type {
  ConnectionAnswer,
  DiagnosisAnswer,
  ProviderWriteQuery,
  TestTokenBody,
} from "./provider-tests.js";
export type { NewResourceBody, ResourceAnswer, ResourceBody } from "./resources.js";
export type { Route, RouteAccess, RouteInput } from "./route.js";
export type {
  DeleteWorkspaceQuery,
  ItemPath,
  ProviderRoutes,
  Routes,
  WorkspacePath,
} from "./route-table.js";
export type { Scope } from "./scopes.js";
export type { StoredAnswer } from "./stored-answer.js";
export type { JsonMistake } from "./text.js";
export type {
  NewWorkspaceBody,
  WorkspaceAnswer,
  WorkspaceBody,
  WorkspaceSettings,
} from "./workspaces.js";
