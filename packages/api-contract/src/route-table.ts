import type { ApiKeyAnswer, NewApiKeyAnswer, NewApiKeyBody } from "./api-keys.js";
import type { AuditRoutes } from "./audit-routes.js";
import type { CollectionRoutes, ConfiguredTypes, NoParameters } from "./collection-routes.js";
import type { ConfigurationRoutes } from "./configuration-routes.js";
import type { DecisionRoutes } from "./decision-routes.js";
import type { SessionRoutes } from "./session-routes.js";
import type { DataAnswer, PageAnswer } from "./envelope.js";
import type { PageQuery } from "./page-schema.js";
import type { ItemPath, WorkspacePath } from "./paths.js";
import type { NewPermissionBody, PermissionAnswer, PermissionBody } from "./permissions.js";
import type { PolicyRoutes } from "./policy-routes.js";
import type { PresetAnswer } from "./presets.js";
import type { ProviderRoutes } from "./provider-routes.js";
import type { NewResourceBody, ResourceAnswer, ResourceBody } from "./resources.js";
import type { Route } from "./route.js";
import type { NewWorkspaceBody, WorkspaceAnswer, WorkspaceBody } from "./workspaces.js";

/** How a workspace is deleted. */
export interface DeleteWorkspaceQuery {
  /** Whether to delete what is in it too. @defaultValue `false` */
  readonly cascade: boolean;
}

/** Every route of the API. */
export interface Routes {
  /** Decisions, and what they would be. */
  readonly decisions: DecisionRoutes;
  /** Workspaces. */
  readonly workspaces: CollectionRoutes<{
    readonly parent: NoParameters;
    readonly item: WorkspacePath;
    readonly newBody: NewWorkspaceBody;
    readonly body: WorkspaceBody;
    readonly answer: WorkspaceAnswer;
    readonly newAnswer: WorkspaceAnswer;
    readonly writeQuery: NoParameters;
    readonly deleteQuery: DeleteWorkspaceQuery;
  }>;
  /** External auth providers. */
  readonly providers: ProviderRoutes;
  /** What is particular about identity providers. */
  readonly presets: {
    /** All of them. */
    readonly list: Route<
      NoParameters,
      NoParameters,
      undefined,
      DataAnswer<readonly PresetAnswer[]>
    >;
  };
  /** Policies. */
  readonly policies: PolicyRoutes;
  /** Resources. */
  readonly resources: CollectionRoutes<
    ConfiguredTypes<NewResourceBody, ResourceBody, ResourceAnswer>
  >;
  /** Permissions. */
  readonly permissions: CollectionRoutes<
    ConfiguredTypes<NewPermissionBody, PermissionBody, PermissionAnswer>
  >;
  /** All of that as one document. */
  readonly configuration: ConfigurationRoutes;
  /** API keys. */
  readonly apiKeys: {
    /** The workspace's keys, revoked ones too. */
    readonly list: Route<WorkspacePath, PageQuery, undefined, PageAnswer<ApiKeyAnswer>>;
    /** Creates a key and shows it, once. */
    readonly create: Route<WorkspacePath, NoParameters, NewApiKeyBody, DataAnswer<NewApiKeyAnswer>>;
    /** Revokes a key for good. */
    readonly revoke: Route<ItemPath, NoParameters, undefined, undefined>;
  };
  /** What was decided, refused and changed. */
  readonly audit: AuditRoutes;
  /** The console's session. */
  readonly session: SessionRoutes;
}
