import type { PermissionReplacement } from "./permissions.js";
import type { PolicyDocument, PolicyFinding } from "./policy.js";
import type { ProviderReplacement } from "./provider.js";
import type { NewResource } from "./resources.js";
import type { WorkspaceReplacement } from "./workspaces.js";

/** A provider within a configuration. */
export interface ConfigProvider extends ProviderReplacement {
  /** Its key. */
  readonly id: string;
}

/** A permission within a configuration. */
export interface ConfigPermission extends PermissionReplacement {
  /** Its key. */
  readonly id: string;
}

/**
 * Everything a workspace is configured with, without versions, times and secrets. API keys and the resources of the
 * service itself are no part of it.
 */
export interface ConfigDocument {
  /** What the document is written in. */
  readonly formatVersion: 1;
  /** The workspace's name and settings. */
  readonly workspace: WorkspaceReplacement;
  /** Identity providers. */
  readonly providers: readonly ConfigProvider[];
  /** Resources. */
  readonly resources: readonly NewResource[];
  /** Policies. */
  readonly policies: readonly PolicyDocument[];
  /** Permissions. */
  readonly permissions: readonly ConfigPermission[];
}

/** One thing that a plan is about. */
export interface PlannedThing {
  /** `workspace`, `provider`, `resource`, `policy` or `permission`; a newer server may know more of them. */
  readonly kind: string;
  /** Its key. */
  readonly key: string;
}

/** What applying a configuration does. What is in none of the lists stays as it is. */
export interface ConfigPlan {
  /** Whether it was done; `false` for a dry run. */
  readonly applied: boolean;
  /** The workspace's revision: the one it was planned on, or the one that it made. */
  readonly version: number;
  /** What is new. */
  readonly created: readonly PlannedThing[];
  /** What is replaced. */
  readonly changed: readonly PlannedThing[];
  /** What is no longer in the document. */
  readonly deleted: readonly PlannedThing[];
  /** What is worth knowing about its policies; `path` leads into the document. */
  readonly findings: readonly PolicyFinding[];
}
