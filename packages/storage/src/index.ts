/** The storage port of byot: what is kept, and what every adapter promises. @module */
export { createCallGate } from "./call-gate.js";
export { compareKeys } from "./compare-keys.js";
export { recordOf } from "./configured-row.js";
export { pageOf, rowsToRead, unknownCursor } from "./page-of.js";
export { prepareChanges } from "./prepare-changes.js";
export { createRevisionWatch } from "./revision-watch.js";
export { StorageError } from "./storage-error.js";
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
export type {
  DecisionLog,
  DecisionQuery,
  DecisionRecord,
  RefusalQuery,
  TokenRefusalRecord,
} from "./decision-log.js";
export type { Page, PageRequest } from "./page.js";
export type { PermissionInput, PermissionRecord, PermissionStore } from "./permission-store.js";
export type { PolicyInput, PolicyRecord, PolicyStore } from "./policy-store.js";
export type { ProviderInput, ProviderRecord, ProviderStore } from "./provider-store.js";
export type { ResourceInput, ResourceRecord, ResourceStore } from "./resource-store.js";
export type { RevisionWatch } from "./revision-watch.js";
export type { RevisionChange, RevisionListener, Storage } from "./storage.js";
export type { StorageErrorCode } from "./storage-error.js";
export type { Stored } from "./stored.js";
export type { WorkspaceConfiguration } from "./workspace-configuration.js";
export type {
  WorkspaceInput,
  WorkspaceRecord,
  WorkspaceSettings,
  WorkspaceStore,
} from "./workspace-store.js";
