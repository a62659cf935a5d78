import type { ChangedKind, ConfiguredKind } from "@byot/storage";
import { bigint, index, primaryKey, uniqueIndex } from "drizzle-orm/pg-core";
import { bytewiseText, byot, millisecondTime } from "./schema-parts.js";

// JSON is kept as text: it comes back as it went in, escaped characters included that `jsonb` refuses.

/** The highest revision every workspace ever had; rows outlive their workspace. */
export const workspaceRevisions = byot.table(
  "workspace_revisions",
  {
    workspaceId: bytewiseText("workspace_id").primaryKey(),
    revision: bigint("revision", { mode: "number" }).notNull(),
    // The transaction that raised it: unlike a counter, it tells with a snapshot what cannot have been seen yet.
    changedBy: bigint("changed_by", { mode: "bigint" }).notNull(),
  },
  (table) => [index("workspace_revisions_changed_by").on(table.changedBy)],
);

/** The columns that every kind of configured thing has. `value` is JSON that only {@link readValue} reads. */
function configuredColumns() {
  return {
    workspaceId: bytewiseText("workspace_id")
      .notNull()
      .references(() => workspaceRevisions.workspaceId),
    key: bytewiseText("key").notNull(),
    version: bigint("version", { mode: "number" }).notNull(),
    createdAt: millisecondTime("created_at").notNull(),
    updatedAt: millisecondTime("updated_at").notNull(),
    value: bytewiseText("value").notNull(),
  };
}

function configuredTable(name: string) {
  return byot.table(
    name,
    {
      // Counts up with every row ever made: within a workspace, the order of creation.
      sequence: bigint("sequence", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
      ...configuredColumns(),
    },
    (table) => [uniqueIndex(`${name}_key`).on(table.workspaceId, table.key)],
  );
}

/** A table of configured things. */
export type ConfiguredTable = ReturnType<typeof configuredTable>;

/** Workspaces; `key` is `workspace_id`. */
export const workspaces = configuredTable("workspaces");
/** External auth providers. */
export const providers = configuredTable("providers");
/** The active version of every policy. */
export const policies = configuredTable("policies");
/** Resources. */
export const resources = configuredTable("resources");
/** Permissions. */
export const permissions = configuredTable("permissions");

/** Where each kind is kept. */
export const configuredTables: { readonly [Kind in ConfiguredKind]: ConfiguredTable } = {
  workspace: workspaces,
  provider: providers,
  policy: policies,
  resource: resources,
  permission: permissions,
};

/** Every version of every policy, active and past. */
export const policyVersions = byot.table("policy_versions", configuredColumns(), (table) => [
  primaryKey({ columns: [table.workspaceId, table.key, table.version] }),
]);

/** API keys, by their public part. */
export const apiKeys = byot.table(
  "api_keys",
  {
    id: bytewiseText("id").primaryKey(),
    secretHash: bytewiseText("secret_hash").notNull(),
    name: bytewiseText("name").notNull(),
    scopes: bytewiseText("scopes").notNull(),
    workspaceId: bytewiseText("workspace_id"),
    createdAt: millisecondTime("created_at").notNull(),
    expiresAt: millisecondTime("expires_at"),
    revokedAt: millisecondTime("revoked_at"),
  },
  (table) => [index("api_keys_workspace").on(table.workspaceId, table.id)],
);

/**
 * Who changed what, within a workspace in the order of the changes. Each index below also gives the order of the list,
 * and ends with the time, so that what is outside of a query's span is passed over without a look at its row.
 */
export const changeLog = byot.table(
  "change_log",
  {
    sequence: bigint("sequence", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    changeId: bytewiseText("change_id").notNull().unique(),
    workspaceId: bytewiseText("workspace_id").notNull(),
    revision: bigint("revision", { mode: "number" }).notNull(),
    at: millisecondTime("at").notNull(),
    actorKind: bytewiseText("actor_kind").$type<"api_key" | "system">().notNull(),
    actorId: bytewiseText("actor_id").notNull(),
    requestId: bytewiseText("request_id"),
    kind: bytewiseText("kind").$type<ChangedKind>().notNull(),
    key: bytewiseText("key").notNull(),
    operation: bytewiseText("operation").$type<"create" | "replace" | "delete">().notNull(),
    before: bytewiseText("before"),
    after: bytewiseText("after"),
  },
  (table) => [
    index("change_log_workspace").on(table.workspaceId, table.sequence, table.at),
    index("change_log_kind").on(table.workspaceId, table.kind, table.sequence, table.at),
    index("change_log_key").on(table.workspaceId, table.key, table.sequence, table.at),
  ],
);

/** The service's own secrets. */
export const secrets = byot.table("secrets", {
  name: bytewiseText("name").primaryKey(),
  value: bytewiseText("value").notNull(),
});
