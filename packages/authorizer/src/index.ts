/** Answers one question: may the holder of this token do this action on this resource, and why. @module */
export { createAuthorizer } from "./authorizer.js";
export { diagnoseToken } from "./diagnosis/diagnose-token.js";
export { diagnosisSteps } from "./diagnosis/diagnosis.js";
export { explainDecision } from "./explain-decision.js";
export { isReservedResource, systemResources } from "./reserved-resources.js";
export { compileSnapshot } from "./workspace-snapshot.js";
export { createStaticSnapshots, createWorkspaceSnapshots } from "./workspace-snapshots.js";
export type { Authorizer, AuthorizerParts, CheckResult, KeysUnavailable } from "./authorizer.js";
export type { CheckDecision, CheckRefusal, CheckRequest, DecisionReason } from "./check.js";
export type { DiagnosisParts, DiagnosisRequest } from "./diagnosis/diagnose-token.js";
export type {
  Diagnosis,
  DiagnosisFailure,
  DiagnosisFinding,
  DiagnosisKind,
  DiagnosisNote,
  DiagnosisStep,
  DiagnosisStepName,
} from "./diagnosis/diagnosis.js";
export type { PrepareClaims } from "./map-token-claims.js";
export type { Result } from "./result.js";
export type { ProviderMapping, WorkspaceSnapshot } from "./workspace-snapshot.js";
export type {
  FollowingSnapshots,
  SnapshotSource,
  WorkspaceSnapshots,
} from "./workspace-snapshots.js";
