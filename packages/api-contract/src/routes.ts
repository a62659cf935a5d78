import { z } from "zod";
import { apiKeyAnswerSchema, newApiKeyAnswerSchema, newApiKeyBodySchema } from "./api-keys.js";
import { auditRoutes } from "./audit-routes.js";
import {
  collectionRoutes,
  noBodySchema,
  noParametersSchema,
  ordinaryBodyLimitBytes,
} from "./collection-routes.js";
import { dataAnswer, pageAnswer } from "./envelope.js";
import { pageQuerySchema } from "./page-schema.js";
import { itemPathSchema, workspacePath, workspacePathSchema, workspacesPath } from "./paths.js";
import {
  newPermissionBodySchema,
  permissionAnswerSchema,
  permissionBodySchema,
} from "./permissions.js";
import { policyRoutes } from "./policy-routes.js";
import { presetAnswerSchema } from "./presets.js";
import { configurationRoutes } from "./configuration-routes.js";
import { decisionRoutes } from "./decision-routes.js";
import { queryFlagSchema } from "./query-flag.js";
import { sessionRoutes } from "./session-routes.js";
import { providerRoutes } from "./provider-routes.js";
import { newResourceBodySchema, resourceAnswerSchema, resourceBodySchema } from "./resources.js";
import type { Routes } from "./route-table.js";
import {
  newWorkspaceBodySchema,
  workspaceAnswerSchema,
  workspaceBodySchema,
} from "./workspaces.js";

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
  writeQuery: noParametersSchema,
  deleteQuery: noParametersSchema,
};

const reading = {
  format: "json",
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
  decisions: decisionRoutes,
  workspaces: collectionRoutes({
    noun: "a workspace",
    plural: "workspaces",
    path: workspacesPath,
    itemPath: workspacePath,
    read: "workspaces:read",
    write: "workspaces:write",
    schemas: {
      parent: noParametersSchema,
      item: workspacePathSchema,
      newBody: newWorkspaceBodySchema,
      body: workspaceBodySchema,
      answer: workspaceAnswerSchema,
      newAnswer: workspaceAnswerSchema,
      writeQuery: noParametersSchema,
      deleteQuery: z.strictObject({
        cascade: queryFlagSchema,
      }),
    },
  }),
  providers: providerRoutes,
  presets: {
    list: {
      ...reading,
      path: "/v1/presets",
      summary: "Lists what is particular about identity providers.",
      access: "any_key",
      parameters: noParametersSchema,
      query: noParametersSchema,
      answer: dataAnswer(z.array(presetAnswerSchema)),
    },
  },
  policies: policyRoutes,
  resources: collectionRoutes({
    ...configured,
    ...below("resources"),
    noun: "a resource",
    plural: "resources",
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
    plural: "permissions",
    schemas: {
      ...configuredPaths,
      newBody: newPermissionBodySchema,
      body: permissionBodySchema,
      answer: permissionAnswerSchema,
      newAnswer: permissionAnswerSchema,
    },
  }),
  configuration: configurationRoutes,
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
      format: "json",
      method: "post",
      path: apiKeyPaths.path,
      summary: "Creates an API key and shows it, once.",
      access: "keys:write",
      parameters: workspacePathSchema,
      query: noParametersSchema,
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
      query: noParametersSchema,
      status: 204,
      answer: noBodySchema,
    },
  },
  audit: auditRoutes,
  session: sessionRoutes,
};
