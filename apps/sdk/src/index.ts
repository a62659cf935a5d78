/** The byot client: pass the user's token, get Allow or Deny with the reason. @module */
export { ByotClient } from "./byot-client.js";
export { AccessDeniedError } from "./decisions/access-denied-error.js";
export {
  ApiKeyError,
  ByotError,
  ConflictError,
  InvalidRequestError,
  TokenRefusedError,
  UnavailableError,
} from "./errors/errors.js";
export type { Answer, Done, Page } from "./api/answer.js";
export type { ApiKey, ApiKeys, CreatedApiKey, NewApiKey, Scope } from "./api/api-keys.js";
export type { Audit, VerifyOptions } from "./api/audit.js";
export type {
  ChangesQuery,
  DecisionFilter,
  DecisionsQuery,
  LoggedAttribute,
  LoggedChange,
  LoggedDecision,
  LoggedRefusal,
  RefusalsQuery,
  TimeSpan,
} from "./api/audit-log.js";
export type {
  ChainHead,
  ChainProblem,
  ChainReport,
  Checkpoint,
  Erasure,
  ErasureResult,
  Statistics,
  StatisticsBucket,
  StatisticsQuery,
} from "./api/audit-reports.js";
export type { VersionedOptions } from "./api/collection.js";
export type { ApplyOptions, Config, ExportedConfig } from "./api/config.js";
export type {
  ConfigDocument,
  ConfigPermission,
  ConfigPlan,
  ConfigProvider,
  PlannedThing,
} from "./api/config-document.js";
export type { PageQuery, Pages } from "./api/pages.js";
export type {
  NewPermission,
  Permission,
  PermissionReplacement,
  Permissions,
  PermissionTarget,
} from "./api/permissions.js";
export type { Policies, RollbackOptions } from "./api/policies.js";
export type {
  CreatedPolicy,
  NewPolicy,
  Policy,
  PolicyDocument,
  PolicyFinding,
  PolicyReplacement,
  PolicyValidation,
} from "./api/policy.js";
export type {
  AttributeReference,
  Condition,
  ConditionValue,
  Effect,
  GroupCondition,
  GroupFunctionName,
  LeafCondition,
  LeafFunctionName,
  PolicyNotice,
  PolicyRule,
  PolicySpecification,
  ScheduleWindow,
  Weekday,
} from "./api/policy-specification.js";
export type { Preset, Presets } from "./api/presets.js";
export type {
  ClaimMapping,
  ClaimPath,
  ClaimTransform,
  JsonWebKeySet,
  NewProvider,
  Provider,
  ProviderReplacement,
  ProviderType,
  SignatureAlgorithm,
} from "./api/provider.js";
export type {
  ConnectionReport,
  ProblemItem,
  ProviderKeys,
  TokenDiagnosis,
} from "./api/provider-tests.js";
export type { CreateProviderOptions, Providers, ReplaceProviderOptions } from "./api/providers.js";
export type { NewResource, Resource, ResourceReplacement, Resources } from "./api/resources.js";
export type { Simulation, SimulationResult } from "./api/simulation.js";
export type { Stored } from "./api/stored.js";
export type {
  DeleteWorkspaceOptions,
  NewWorkspace,
  Workspace,
  WorkspaceReplacement,
  Workspaces,
  WorkspaceSettings,
} from "./api/workspaces.js";
export type { CheckClient } from "./check-client.js";
export type { ByotClientOptions } from "./client-options.js";
export type {
  AuthorizationCheck,
  BatchCheck,
  CheckContext,
  IsAllowedCheck,
  Question,
  SharedQuestion,
} from "./decisions/authorization-check.js";
export type {
  BatchDecisions,
  BatchResult,
  CheckResult,
  ConditionChange,
  ConditionError,
  Decision,
  DecisionReason,
  DeterminingRule,
  Explanation,
  KnownReasonCode,
  NearestMiss,
  Obligation,
  ReasonCode,
  TraceNode,
} from "./decisions/decision.js";
export type {
  ApiKeyRefusalCode,
  ClientFailureCode,
  ConflictCode,
  DenialCode,
  ErrorCode,
  KnownErrorCode,
  RequestRefusalCode,
  ServerFailureCode,
  TokenRefusalCode,
} from "./errors/error-code.js";
export type { ByotErrorDetails, RequestMistake } from "./errors/errors.js";
export type { CallOptions } from "./transport/call-options.js";
export type {
  FetchBodyReader,
  FetchInit,
  FetchLike,
  FetchResponse,
  HttpMethod,
} from "./transport/fetch-like.js";
export type { Hooks, RequestInfo, ResponseInfo } from "./transport/hooks.js";
export type { JsonObject, JsonValue } from "./values/json.js";
