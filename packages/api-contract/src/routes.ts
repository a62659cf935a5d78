import { z } from "zod";
import {
  type ApiKeyAnswer,
  apiKeyAnswerSchema,
  type NewApiKeyAnswer,
  newApiKeyAnswerSchema,
  type NewApiKeyBody,
  newApiKeyBodySchema,
} from "./api-keys.js";
import {
  type DecisionsQuery,
  decisionsQuerySchema,
  type LoggedDecision,
  loggedDecisionSchema,
  type LoggedRefusal,
  loggedRefusalSchema,
} from "./audit.js";
import {
  type AuthorizeRequest,
  authorizeRequestSchema,
  type Decision,
  decisionSchema,
} from "./authorize.js";
import {
  collectionRoutes,
  type CollectionRoutes,
  noBodySchema,
  type NoQuery,
  noQuerySchema,
  ordinaryBodyLimitBytes,
  policyBodyLimitBytes,
} from "./collection-routes.js";
import { dataAnswer, type DataAnswer, pageAnswer, type PageAnswer } from "./envelope.js";
import { type PageQuery, pageQuerySchema } from "./page-schema.js";
import {
  type NewPermissionBody,
  newPermissionBodySchema,
  type PermissionAnswer,
  permissionAnswerSchema,
  type PermissionBody,
  permissionBodySchema,
} from "./permissions.js";
import {
  type NewPolicyAnswer,
  newPolicyAnswerSchema,
  type NewPolicyBody,
  newPolicyBodySchema,
  type PolicyAnswer,
  policyAnswerSchema,
  type PolicyBody,
  policyBodySchema,
} from "./policies.js";
import {
  type NewProviderBody,
  newProviderBodySchema,
  type ProviderAnswer,
  providerAnswerSchema,
  type ProviderBody,
  providerBodySchema,
} from "./providers.js";
import {
  type NewResourceBody,
  newResourceBodySchema,
  type ResourceAnswer,
  resourceAnswerSchema,
  type ResourceBody,
  resourceBodySchema,
} from "./resources.js";
import type { Route } from "./route.js";
import {
  type NewWorkspaceBody,
  newWorkspaceBodySchema,
  type WorkspaceAnswer,
  workspaceAnswerSchema,
  type WorkspaceBody,
  workspaceBodySchema,
} from "./workspaces.js";

/** No parameters in the path. */
export type NoPath = Readonly<Record<never, never>>;

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
interface Configured<NewBody, Body, Answer, NewAnswer = Answer> {
  readonly parent: WorkspacePath;
  readonly item: ItemPath;
  readonly newBody: NewBody;
  readonly body: Body;
  readonly answer: Answer;
  readonly newAnswer: NewAnswer;
  readonly deleteQuery: NoQuery;
}

/** Every route of the API. */
export interface Routes {
  /** Decisions. */
  readonly decisions: {
    /** Decides one question. */
    readonly authorize: Route<WorkspacePath, NoQuery, AuthorizeRequest, DataAnswer<Decision>>;
  };
  /** Workspaces. */
  readonly workspaces: CollectionRoutes<{
    readonly parent: NoPath;
    readonly item: WorkspacePath;
    readonly newBody: NewWorkspaceBody;
    readonly body: WorkspaceBody;
    readonly answer: WorkspaceAnswer;
    readonly newAnswer: WorkspaceAnswer;
    readonly deleteQuery: DeleteWorkspaceQuery;
  }>;
  /** External auth providers. */
  readonly providers: CollectionRoutes<Configured<NewProviderBody, ProviderBody, ProviderAnswer>>;
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
    readonly create: Route<WorkspacePath, NoQuery, NewApiKeyBody, DataAnswer<NewApiKeyAnswer>>;
    /** Revokes a key for good. */
    readonly revoke: Route<ItemPath, NoQuery, undefined, undefined>;
  };
  /** The decision log. */
  readonly audit: {
    /** What was decided, newest first. */
    readonly decisions: Route<WorkspacePath, DecisionsQuery, undefined, PageAnswer<LoggedDecision>>;
    /** Which tokens were refused, newest first. */
    readonly refusals: Route<WorkspacePath, PageQuery, undefined, PageAnswer<LoggedRefusal>>;
  };
}

const workspacePathSchema: z.ZodType<WorkspacePath> = z.strictObject({ workspace: z.string() });
const itemPathSchema: z.ZodType<ItemPath> = z.strictObject({
  workspace: z.string(),
  key: z.string(),
});
const workspacesPath = "/v1/workspaces";
const workspacePath = `${workspacesPath}/:workspace`;

function below(segment: string): { readonly path: string; readonly itemPath: string } {
  const path = `${workspacePath}/${segment}`;
  return { path, itemPath: `${path}/:key` };
}

const configured = {
  read: "config:read",
  write: "config:write",
} as const;

const configuredPaths = {
  parent: workspacePathSchema,
  item: itemPathSchema,
  deleteQuery: noQuerySchema,
};

const reading = {
  method: "get",
  parameters: workspacePathSchema,
  body: noBodySchema,
  bodyLimitBytes: 0,
  status: 200,
  requiresVersion: false,
} as const;

const apiKeyPaths = below("api-keys");

/** Every route of the API: the source of the server's routing and validation. */
export const routes: Routes = {
  decisions: {
    authorize: {
      method: "post",
      path: `${workspacePath}/authorize`,
      summary: "Decides whether the token's holder may do an action on a resource.",
      access: "token",
      parameters: workspacePathSchema,
      query: noQuerySchema,
      body: authorizeRequestSchema,
      bodyLimitBytes: ordinaryBodyLimitBytes,
      status: 200,
      answer: dataAnswer(decisionSchema),
      requiresVersion: false,
    },
  },
  workspaces: collectionRoutes({
    noun: "a workspace",
    path: workspacesPath,
    itemPath: workspacePath,
    read: "workspaces:read",
    write: "workspaces:write",
    schemas: {
      parent: z.strictObject({}),
      item: workspacePathSchema,
      newBody: newWorkspaceBodySchema,
      body: workspaceBodySchema,
      answer: workspaceAnswerSchema,
      newAnswer: workspaceAnswerSchema,
      deleteQuery: z.strictObject({
        cascade: z
          .enum(["true", "false"])
          .transform((text) => text === "true")
          .default(false),
      }),
    },
  }),
  providers: collectionRoutes({
    ...configured,
    ...below("providers"),
    noun: "a provider",
    schemas: {
      ...configuredPaths,
      newBody: newProviderBodySchema,
      body: providerBodySchema,
      answer: providerAnswerSchema,
      newAnswer: providerAnswerSchema,
    },
  }),
  policies: collectionRoutes({
    ...configured,
    ...below("policies"),
    noun: "a policy",
    bodyLimitBytes: policyBodyLimitBytes,
    schemas: {
      ...configuredPaths,
      newBody: newPolicyBodySchema,
      body: policyBodySchema,
      answer: policyAnswerSchema,
      newAnswer: newPolicyAnswerSchema,
    },
  }),
  resources: collectionRoutes({
    ...configured,
    ...below("resources"),
    noun: "a resource",
    schemas: {
      ...configuredPaths,
      newBody: newResourceBodySchema,
      body: resourceBodySchema,
      answer: resourceAnswerSchema,
      newAnswer: resourceAnswerSchema,
    },
  }),
  permissions: collectionRoutes({
    ...configured,
    ...below("permissions"),
    noun: "a permission",
    schemas: {
      ...configuredPaths,
      newBody: newPermissionBodySchema,
      body: permissionBodySchema,
      answer: permissionAnswerSchema,
      newAnswer: permissionAnswerSchema,
    },
  }),
  apiKeys: {
    list: {
      ...reading,
      path: apiKeyPaths.path,
      summary: "Lists the workspace's API keys, without their secrets.",
      access: "keys:read",
      query: pageQuerySchema,
      answer: pageAnswer(apiKeyAnswerSchema),
    },
    create: {
      method: "post",
      path: apiKeyPaths.path,
      summary: "Creates an API key and shows it, once.",
      access: "keys:write",
      parameters: workspacePathSchema,
      query: noQuerySchema,
      body: newApiKeyBodySchema,
      bodyLimitBytes: ordinaryBodyLimitBytes,
      status: 201,
      answer: dataAnswer(newApiKeyAnswerSchema),
      requiresVersion: false,
    },
    revoke: {
      ...reading,
      method: "delete",
      path: apiKeyPaths.itemPath,
      summary: "Revokes an API key for good.",
      access: "keys:write",
      parameters: itemPathSchema,
      query: noQuerySchema,
      status: 204,
      answer: noBodySchema,
    },
  },
  audit: {
    decisions: {
      ...reading,
      path: `${workspacePath}/audit/decisions`,
      summary: "Lists what was decided, newest first.",
      access: "audit:read",
      query: decisionsQuerySchema,
      answer: pageAnswer(loggedDecisionSchema),
    },
    refusals: {
      ...reading,
      path: `${workspacePath}/audit/refusals`,
      summary: "Lists which tokens were refused, newest first.",
      access: "audit:read",
      query: pageQuerySchema,
      answer: pageAnswer(loggedRefusalSchema),
    },
  },
};
