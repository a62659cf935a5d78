import type { ApiKeyAnswer, NewApiKeyAnswer, NewApiKeyBody } from "./api-keys.js";
import type { DecisionsQuery, LoggedDecision, LoggedRefusal } from "./audit.js";
import type { AuthorizeRequest, Decision } from "./authorize.js";
import type { CollectionRoutes, NoParameters } from "./collection-routes.js";
import type { DataAnswer, PageAnswer } from "./envelope.js";
import type { PageQuery } from "./page-schema.js";
import type { NewPermissionBody, PermissionAnswer, PermissionBody } from "./permissions.js";
import type { NewPolicyAnswer, NewPolicyBody, PolicyAnswer, PolicyBody } from "./policies.js";
import type { PresetAnswer } from "./presets.js";
import type {
  ConnectionAnswer,
  DiagnosisAnswer,
  ProviderWriteQuery,
  TestTokenBody,
} from "./provider-tests.js";
import type { NewProviderBody, ProviderAnswer, ProviderBody } from "./providers.js";
import type { NewResourceBody, ResourceAnswer, ResourceBody } from "./resources.js";
import type { Route } from "./route.js";
import type { NewWorkspaceBody, WorkspaceAnswer, WorkspaceBody } from "./workspaces.js";

/** A path below a workspace. */
export interface WorkspacePath {
  /** The workspace's id. An ill-formed one is as unknown as any other. */
  readonly workspace: string;
}

/** The path of one item below a workspace. */
export interface ItemPath extends WorkspacePath {
  /** The item's key. */
  readonly key: string;
}

/** How a workspace is deleted. */
export interface DeleteWorkspaceQuery {
  /** Whether to delete what is in it too. @defaultValue `false` */
  readonly cascade: boolean;
}

/** The types of a collection below a workspace. */
interface Configured<NewBody, Body, Answer, NewAnswer = Answer, WriteQuery = NoParameters> {
  readonly parent: WorkspacePath;
  readonly item: ItemPath;
  readonly newBody: NewBody;
  readonly body: Body;
  readonly answer: Answer;
  readonly newAnswer: NewAnswer;
  readonly writeQuery: WriteQuery;
  readonly deleteQuery: NoParameters;
}

/** External auth providers: the collection, and what tells whether one works. */
export interface ProviderRoutes extends CollectionRoutes<
  Configured<NewProviderBody, ProviderBody, ProviderAnswer, ProviderAnswer, ProviderWriteQuery>
> {
  /** Takes a token through every step of a check, and grants nothing. */
  readonly test: Route<ItemPath, NoParameters, TestTokenBody, DataAnswer<DiagnosisAnswer>>;
  /** Fetches the keys of a provider that is not stored yet. */
  readonly testConnection: Route<
    WorkspacePath,
    NoParameters,
    NewProviderBody,
    DataAnswer<ConnectionAnswer>
  >;
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
    Configured<NewPolicyBody, PolicyBody, PolicyAnswer, NewPolicyAnswer>
  >;
  /** Resources. */
  readonly resources: CollectionRoutes<Configured<NewResourceBody, ResourceBody, ResourceAnswer>>;
  /** Permissions. */
  readonly permissions: CollectionRoutes<
    Configured<NewPermissionBody, PermissionBody, PermissionAnswer>
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
  /** The decision log. */
  readonly audit: {
    /** What was decided, newest first. */
    readonly decisions: Route<WorkspacePath, DecisionsQuery, undefined, PageAnswer<LoggedDecision>>;
    /** Which tokens were refused, newest first. */
    readonly refusals: Route<WorkspacePath, PageQuery, undefined, PageAnswer<LoggedRefusal>>;
  };
}
