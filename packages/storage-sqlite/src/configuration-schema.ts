import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import type { ChangedKind, ConfiguredKind } from "@byot/storage";

// Text is compared by SQLite's `BINARY` collation, byte for byte, unless a column says otherwise; none does.

/** The highest revision every workspace ever had; rows outlive their workspace. */
export const workspaceRevisions = sqliteTable("workspace_revisions", {
  workspaceId: text("workspace_id").primaryKey(),
  revision: integer("revision").notNull(),
});

/** The columns that every kind of configured thing has. `value` is JSON that only {@link readValue} reads. */
function configuredColumns() {
  return {
    workspaceId: text("workspace_id")
      .notNull()
      .references(() => workspaceRevisions.workspaceId),
    key: text("key").notNull(),
    version: integer("version").notNull(),
    createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
    updatedAt: integer("updated_at", { mode: "timestamp_ms" }).notNull(),
    value: text("value").notNull(),
  };
}

function configuredTable(name: string) {
  return sqliteTable(
    name,
    {
      // Counts up with every row ever made: the order of creation.
      sequence: integer("sequence").primaryKey({ autoIncrement: true }),
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
export const policyVersions = sqliteTable("policy_versions", configuredColumns(), (table) => [
  primaryKey({ columns: [table.workspaceId, table.key, table.version] }),
]);

/** API keys, by their public part. */
export const apiKeys = sqliteTable(
  "api_keys",
  {
    id: text("id").primaryKey(),
    secretHash: text("secret_hash").notNull(),
    name: text("name").notNull(),
    scopes: text("scopes", { mode: "json" }).$type<readonly string[]>().notNull(),
    workspaceId: text("workspace_id"),
    createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
    expiresAt: integer("expires_at", { mode: "timestamp_ms" }),
    revokedAt: integer("revoked_at", { mode: "timestamp_ms" }),
  },
  (table) => [index("api_keys_workspace").on(table.workspaceId, table.id)],
);

/**
 * Who changed what, in the order of the changes. Each index below also gives the order of the list, and ends with the
 * time, so that what is outside of a query's span is passed over without a look at its row.
 */
export const changeLog = sqliteTable(
  "change_log",
  {
    sequence: integer("sequence").primaryKey({ autoIncrement: true }),
    changeId: text("change_id").notNull().unique(),
    workspaceId: text("workspace_id").notNull(),
    revision: integer("revision").notNull(),
    at: integer("at", { mode: "timestamp_ms" }).notNull(),
    actorKind: text("actor_kind", { enum: ["api_key", "system"] }).notNull(),
    actorId: text("actor_id").notNull(),
    requestId: text("request_id"),
    kind: text("kind").$type<ChangedKind>().notNull(),
    key: text("key").notNull(),
    operation: text("operation", { enum: ["create", "replace", "delete"] }).notNull(),
    before: text("before", { mode: "json" }).$type<Readonly<Record<string, unknown>>>(),
    after: text("after", { mode: "json" }).$type<Readonly<Record<string, unknown>>>(),
  },
  (table) => [
    index("change_log_workspace").on(table.workspaceId, table.sequence, table.at),
    index("change_log_kind").on(table.workspaceId, table.kind, table.sequence, table.at),
    index("change_log_key").on(table.workspaceId, table.key, table.sequence, table.at),
  ],
);

/** The service's own secrets. */
export const secrets = sqliteTable("secrets", {
  name: text("name").primaryKey(),
  value: text("value").notNull(),
});
