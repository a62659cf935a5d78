/** The storage port of byot: what is kept, and what every adapter promises. @module */
export { createChainWriter } from "./audit-chain/chain-writer.js";
export { verifyChain } from "./audit-chain/verify-chain.js";
export { apiKeyChange } from "./api-key-change.js";
export { checkAppend, largestAppend } from "./append-limit.js";
export { createCallGate } from "./call-gate.js";
export { compareKeys } from "./compare-keys.js";
export { recordOf } from "./configured-row.js";
export { groupByWorkspace } from "./group-by-workspace.js";
export { logCursor, readLogCursor } from "./log-cursor.js";
export { pageOf, rowsToRead, unknownCursor } from "./page-of.js";
export { prepareChanges } from "./prepare-changes.js";
export { createRevisionWatch } from "./revision-watch.js";
export { bucketCount, durationClassBounds, statisticsOf } from "./statistics-of.js";
export { StorageError } from "./storage-error.js";
export { impersonalOf, personalOf, refusalOf, segmentOf } from "./stored-columns.js";
export {
  readStoredList,
  readStoredMembers,
  readStoredValue,
  tryReadStoredList,
} from "./stored-json.js";
export { takenId } from "./taken-id.js";
export { createTurns } from "./turns.js";
export { defaultWorkspaceSettings } from "./workspace-settings.js";
export type { VerifyParts } from "./audit-chain/verify-chain.js";
export type { ApiKeyChange } from "./api-key-change.js";
export type { ApiKeyRecord, ApiKeyStore } from "./api-key-store.js";
export type { CallGate } from "./call-gate.js";
export type {
  ChangePlan,
  NameableThing,
  PreparedChanges,
  RowWrite,
  StoredReference,
  StoredState,
  StoredThing,
} from "./change-plan.js";
export type {
  ChangeSet,
  ConfigurationWrite,
  ConfiguredInputs,
  ConfiguredKind,
  DeleteWrite,
  PutWrite,
} from "./change-set.js";
export type { ConfiguredRow, ThingName } from "./configured-row.js";
export type { ConfiguredStore } from "./configured-store.js";
export type { ChainReader, StoredChain, StoredDecision } from "./audit-chain/chain-reader.js";
export type {
  ChainSegment,
  ErasureRecord,
  ImpersonalDecision,
  SealedDecision,
  TextHash,
} from "./audit-chain/chain-segment.js";
export type { ChainWriter, ChainWriterParts, SealedDecisions } from "./audit-chain/chain-writer.js";
export type { ChainHead, ChainProblem, ChainReport } from "./audit-chain/chain.js";
export type {
  ChangeActor,
  ChangedKind,
  ChangeLog,
  ChangeOrigin,
  ChangeQuery,
  ChangeRecord,
} from "./change-log.js";
export type { DecisionLog, DropCount, ErasureCount, SubjectErasure } from "./decision-log.js";
export type { DecisionQuery, RefusalQuery, TimeSpan } from "./decision-query.js";
export type {
  DecisionRecord,
  LoggedAttribute,
  PersonalFields,
  TokenRefusalRecord,
} from "./decision-record.js";
export type {
  DecisionStatistics,
  RuleCount,
  StatisticsBucket,
  StatisticsQuery,
} from "./decision-statistics.js";
export type { LogPlace } from "./log-cursor.js";
export type { Page, PageRequest } from "./page.js";
export type { PermissionInput, PermissionRecord, PermissionStore } from "./permission-store.js";
export type { PolicyInput, PolicyRecord, PolicyStore } from "./policy-store.js";
export type { ProviderInput, ProviderRecord, ProviderStore } from "./provider-store.js";
export type { ResourceInput, ResourceRecord, ResourceStore } from "./resource-store.js";
export type { RevisionWatch } from "./revision-watch.js";
export type { RevisionChange, RevisionListener, Storage } from "./storage.js";
export type { DecisionCount, RefusedCount, StatisticsCounts } from "./statistics-of.js";
export type { StorageErrorCode } from "./storage-error.js";
export type { SecretStore } from "./secret-store.js";
export type {
  DecisionColumns,
  PersonalColumns,
  RefusalColumns,
  SegmentColumns,
} from "./stored-columns.js";
export type { Stored } from "./stored.js";
export type { Turns } from "./turns.js";
export type { WorkspaceConfiguration } from "./workspace-configuration.js";
export type { WorkspaceInput, WorkspaceRecord, WorkspaceStore } from "./workspace-store.js";
export type { WorkspaceSettings } from "./workspace-settings.js";
