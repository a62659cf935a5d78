import type { ApiKeyAnswer, NewApiKeyAnswer, NewApiKeyBody } from "./api-keys.js";
import type { AuditRoutes } from "./audit-routes.js";
import type { AuthorizeRequest, Decision } from "./authorize.js";
import type { CollectionRoutes, ConfiguredTypes, NoParameters } from "./collection-routes.js";
import type { DataAnswer, PageAnswer } from "./envelope.js";
import type { PageQuery } from "./page-schema.js";
import type { ItemPath, WorkspacePath } from "./paths.js";
import type { NewPermissionBody, PermissionAnswer, PermissionBody } from "./permissions.js";
import type { NewPolicyAnswer, NewPolicyBody, PolicyAnswer, PolicyBody } from "./policies.js";
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
  /** Decisions. */
  readonly decisions: {
    /** Decides one question. */
    readonly authorize: Route<WorkspacePath, NoParameters, AuthorizeRequest, DataAnswer<Decision>>;
  };
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
  readonly policies: CollectionRoutes<
    ConfiguredTypes<NewPolicyBody, PolicyBody, PolicyAnswer, NewPolicyAnswer>
  >;
  /** Resources. */
  readonly resources: CollectionRoutes<
    ConfiguredTypes<NewResourceBody, ResourceBody, ResourceAnswer>
  >;
  /** Permissions. */
  readonly permissions: CollectionRoutes<
    ConfiguredTypes<NewPermissionBody, PermissionBody, PermissionAnswer>
  >;
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
}
