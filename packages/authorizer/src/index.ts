/** Answers one question: may the holder of this token do this action on this resource, and why. @module */
export { createAuthorizer } from "./authorizer.js";
export { diagnoseToken } from "./diagnosis/diagnose-token.js";
export { diagnosisSteps } from "./diagnosis/diagnosis.js";
export { explainDecision } from "./explain-decision.js";
export { plainSubjectIssuer } from "./principal.js";
export { createDecisionRecorder } from "./recording/create-decision-recorder.js";
export { createRefusalRecorder } from "./recording/create-refusal-recorder.js";
export { isReservedResource, systemResources } from "./reserved-resources.js";
export { createStaticSnapshots } from "./snapshots/static-snapshots.js";
export { compileSnapshot } from "./snapshots/workspace-snapshot.js";
export { createWorkspaceSnapshots } from "./snapshots/workspace-snapshots.js";
export type {
  Authorizer,
  BatchCheckResult,
  CheckResult,
  SimulationResult,
  SubjectCheckResult,
} from "./authorizer.js";
export type { AuthorizerParts, KeysUnavailable } from "./authorizer-parts.js";
export type {
  BatchCheckRequest,
  BatchDecision,
  CheckDecision,
  CheckOrigin,
  CheckQuestion,
  CheckRequest,
  DecisionReason,
  SubjectCheckRequest,
  SubjectDecision,
} from "./check.js";
export type { CheckRefusal } from "./check-refusal.js";
export type { DayOfWeek } from "./day-of-week.js";
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
export type {
  DecisionRecorder,
  DecisionRecorderParts,
  DecisionsNotRecorded,
  Durability,
  RecorderStatus,
  RecordingFailure,
  RecordingLimits,
} from "./recording/decision-recorder.js";
export type {
  RefusalRecorder,
  RefusalRecorderParts,
  RefusedToken,
} from "./recording/refusal-recorder.js";
export type { Result } from "./result.js";
export type { Schedule } from "./schedule.js";
export type { Simulation, SimulationRequest } from "./simulation.js";
export type { SnapshotLimits } from "./snapshots/snapshot-limits.js";
export type { KeptSnapshots } from "./snapshots/snapshot-memory.js";
export type { SnapshotRefusal } from "./snapshots/snapshot-refusal.js";
export type { SnapshotResult } from "./snapshots/snapshot-result.js";
export type { ProviderMapping, WorkspaceSnapshot } from "./snapshots/workspace-snapshot.js";
export type {
  FollowingSnapshots,
  SnapshotSource,
  SnapshotStatus,
  WorkspaceSnapshots,
  WorkspaceSnapshotsParts,
} from "./snapshots/workspace-snapshots.js";
