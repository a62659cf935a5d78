import {
  type ConfiguredInputs,
  type ConfiguredKind,
  type Stored,
  type WorkspaceConfiguration,
} from "@byot/storage";
import { asc, eq } from "drizzle-orm";
import { configuredTables, workspaceRevisions, workspaces } from "./configuration-schema.js";
import type { SqliteDatabase } from "./open-database.js";
import { recordOfRow } from "./sqlite-configured-store.js";

/** The revision of a workspace, unless it does not exist or was deleted. */
export function readRevision(database: SqliteDatabase, workspaceId: string): number | undefined {
  const row = database
    .select({ revision: workspaceRevisions.revision })
    .from(workspaceRevisions)
    .innerJoin(workspaces, eq(workspaces.workspaceId, workspaceRevisions.workspaceId))
    .where(eq(workspaceRevisions.workspaceId, workspaceId))
    .get();
  return row?.revision;
}

/** Everything that decides in a workspace, read in one transaction: SQLite shows it one state of the database. */
export function readSqliteConfiguration(
  database: SqliteDatabase,
  workspaceId: string,
): WorkspaceConfiguration | undefined {
  return database.transaction(() => {
    const revision = readRevision(database, workspaceId);
    const [workspace] = recordsOf(database, "workspace", { workspaceId, order: "key" });
    if (revision === undefined || workspace === undefined) {
      return undefined;
    }
    return {
      revision,
      workspace,
      providers: recordsOf(database, "provider", { workspaceId, order: "sequence" }),
      policies: recordsOf(database, "policy", { workspaceId, order: "key" }),
      resources: recordsOf(database, "resource", { workspaceId, order: "key" }),
      permissions: recordsOf(database, "permission", { workspaceId, order: "key" }),
    };
  });
}

function recordsOf<Kind extends ConfiguredKind>(
  database: SqliteDatabase,
  kind: Kind,
  { workspaceId, order }: { readonly workspaceId: string; readonly order: "key" | "sequence" },
): readonly (ConfiguredInputs[Kind] & Stored)[] {
  const table = configuredTables[kind];
  return database
    .select()
    .from(table)
    .where(eq(table.workspaceId, workspaceId))
    .orderBy(asc(table[order]))
    .all()
    .map((row) => recordOfRow(kind, row));
}
