import { noBodySchema, type NoParameters, noParametersSchema } from "./collection-routes.js";
import { configDocumentSchema, configPlanSchema, configWriteQuerySchema } from "./configuration.js";
import type { ConfigDocument, ConfigPlan, ConfigWriteQuery } from "./configuration.js";
import { type DataAnswer, dataAnswer } from "./envelope.js";
import { workspacePath, type WorkspacePath, workspacePathSchema } from "./paths.js";
import type { Route } from "./route.js";

/** A workspace's whole configuration as one document. */
export interface ConfigurationRoutes {
  /** The document. */
  readonly read: Route<WorkspacePath, NoParameters, undefined, DataAnswer<ConfigDocument>>;
  /**
   * Makes the workspace what the document says, all of it or nothing. `If-Match` carries the revision that the document
   * was made from. A change of the workspace's own name or settings needs the scope `workspaces:write` too.
   */
  readonly apply: Route<WorkspacePath, ConfigWriteQuery, ConfigDocument, DataAnswer<ConfigPlan>>;
}

/** The largest configuration, in bytes. */
export const configurationLimitBytes: number = 32 * 1024 * 1024;

const shared = {
  format: "json",
  path: `${workspacePath}/config`,
  parameters: workspacePathSchema,
  status: 200,
} as const;

/** The routes of a workspace's whole configuration. */
export const configurationRoutes: ConfigurationRoutes = {
  read: {
    ...shared,
    method: "get",
    summary: "Exports the workspace's whole configuration as one document.",
    access: "config:read",
    query: noParametersSchema,
    body: noBodySchema,
    bodyLimitBytes: 0,
    answer: dataAnswer(configDocumentSchema),
    requiresVersion: false,
  },
  apply: {
    ...shared,
    method: "put",
    summary: "Makes the workspace what the document says, or plans it with `?dryRun=true`.",
    access: "config:write",
    query: configWriteQuerySchema,
    body: configDocumentSchema,
    bodyLimitBytes: configurationLimitBytes,
    answer: dataAnswer(configPlanSchema),
    requiresVersion: true,
  },
};
