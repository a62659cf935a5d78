import { z } from "zod";
import { type ConfigPermission, configPermissionSchema } from "./permissions.js";
import {
  type ConfigPolicy,
  configPolicySchema,
  type PolicyFinding,
  policyFindingSchema,
} from "./policies.js";
import { type ConfigProvider, configProviderSchema } from "./providers.js";
import { queryFlagSchema } from "./query-flag.js";
import { type NewResourceBody, newResourceBodySchema } from "./resources.js";
import { type WorkspaceBody, workspaceBodySchema } from "./workspaces.js";

/**
 * Everything a workspace is configured with. It holds no versions, no times and no secrets; a workspace without changes
 * answers the same bytes each time, each list ordered by key. API keys and the resources of the service itself are no
 * part of it.
 */
export interface ConfigDocument {
  /** What the document is written in. */
  readonly formatVersion: 1;
  /** The workspace's name and settings. */
  readonly workspace: WorkspaceBody;
  /** External auth providers. */
  readonly providers: readonly ConfigProvider[];
  /** Resources. */
  readonly resources: readonly NewResourceBody[];
  /** Policies. */
  readonly policies: readonly ConfigPolicy[];
  /** Permissions. */
  readonly permissions: readonly ConfigPermission[];
}

/** How a configuration is applied. */
export interface ConfigWriteQuery {
  /** Whether to say what would be done, and to do nothing. @defaultValue `false` */
  readonly dryRun: boolean;
  /** Whether to take providers that are new or changed without fetching their keys first. @defaultValue `false` */
  readonly skipConnectionTest: boolean;
}

/** One thing that a plan is about. */
export interface PlannedThing {
  /** `workspace`, `provider`, `resource`, `policy` or `permission`; a newer server may know more of them. */
  readonly kind: string;
  /** Its key. */
  readonly key: string;
}

/** What applying a configuration does. What is in neither list stays as it is. */
export interface ConfigPlan {
  /** Whether it was done; `false` for a dry run. */
  readonly applied: boolean;
  /** The workspace's revision: the one it was planned on, or the one that it made. Also the `ETag`. */
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

// A list that were optional would delete everything in it by being forgotten.
function listOf<Item>(item: z.ZodType<Item>, keyOf: (each: Item) => string): z.ZodType<Item[]> {
  return z.array(item).superRefine((items, context) => {
    const seen = new Set<string>();
    for (const [index, key] of items.map(keyOf).entries()) {
      if (seen.has(key)) {
        context.addIssue({ code: "custom", path: [index], message: `\`${key}\` is there twice` });
      }
      seen.add(key);
    }
  });
}

/** Reads {@link ConfigDocument}. */
export const configDocumentSchema: z.ZodType<ConfigDocument> = z.strictObject({
  formatVersion: z.literal(1),
  workspace: workspaceBodySchema,
  providers: listOf(configProviderSchema, ({ id }) => id),
  resources: listOf(newResourceBodySchema, ({ name }) => name),
  policies: listOf(configPolicySchema, ({ name }) => name),
  permissions: listOf(configPermissionSchema, ({ id }) => id),
});

/** Reads {@link ConfigWriteQuery} from query parameters. */
export const configWriteQuerySchema: z.ZodType<ConfigWriteQuery> = z.strictObject({
  dryRun: queryFlagSchema,
  skipConnectionTest: queryFlagSchema,
});

/** Reads {@link PlannedThing}. */
export const plannedThingSchema: z.ZodType<PlannedThing> = z.strictObject({
  kind: z.string(),
  key: z.string(),
});

const things = z.array(plannedThingSchema);

/** Reads {@link ConfigPlan}. */
export const configPlanSchema: z.ZodType<ConfigPlan> = z.strictObject({
  applied: z.boolean(),
  version: z.number().int().positive(),
  created: things,
  changed: things,
  deleted: things,
  findings: z.array(policyFindingSchema),
});
