import type { PermissionRecord } from "./permission-store.js";
import type { PolicyRecord } from "./policy-store.js";
import type { ProviderRecord } from "./provider-store.js";
import type { ResourceRecord } from "./resource-store.js";
import type { WorkspaceRecord } from "./workspace-store.js";

/** Everything that decides in a workspace, as it was at exactly one revision. Lists are ordered by key, but for `providers`. */
export interface WorkspaceConfiguration {
  /** The revision of all of it. */
  readonly revision: number;
  /** The workspace with its settings. */
  readonly workspace: WorkspaceRecord;
  /** All providers, disabled ones too, in the order of their creation; replacing one does not move it. */
  readonly providers: readonly ProviderRecord[];
  /** The active version of every policy. */
  readonly policies: readonly PolicyRecord[];
  /** All resources. */
  readonly resources: readonly ResourceRecord[];
  /** All permissions. */
  readonly permissions: readonly PermissionRecord[];
}
