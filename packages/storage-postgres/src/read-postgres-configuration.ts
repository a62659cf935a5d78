import {
  type ConfiguredInputs,
  type ConfiguredKind,
  type Stored,
  type WorkspaceConfiguration,
} from "@byot/storage";
import { asc, eq } from "drizzle-orm";
import type { Pool } from "pg";
import { configuredTables, type ConfiguredTable } from "./configuration-schema.js";
import { inTransaction, readOneState, type Transaction } from "./in-transaction.js";
import { recordOfRow } from "./postgres-configured-store.js";
import { readRevision } from "./workspace-revision.js";

/** Everything that decides in a workspace, read in one transaction that sees one state of the database. */
export async function readPostgresConfiguration(
  pool: Pool,
  workspaceId: string,
): Promise<WorkspaceConfiguration | undefined> {
  return inTransaction(
    pool,
    async (transaction) => {
      const revision = await readRevision(transaction, workspaceId);
      const [workspace] = await recordsOf(transaction, "workspace", { workspaceId, order: "key" });
      if (revision === undefined || workspace === undefined) {
        return undefined;
      }
      return {
        revision,
        workspace,
        providers: await recordsOf(transaction, "provider", { workspaceId, order: "sequence" }),
        policies: await recordsOf(transaction, "policy", { workspaceId, order: "key" }),
        resources: await recordsOf(transaction, "resource", { workspaceId, order: "key" }),
        permissions: await recordsOf(transaction, "permission", { workspaceId, order: "key" }),
      };
    },
    readOneState,
  );
}

async function recordsOf<Kind extends ConfiguredKind>(
  transaction: Transaction,
  kind: Kind,
  { workspaceId, order }: { readonly workspaceId: string; readonly order: "key" | "sequence" },
): Promise<readonly (ConfiguredInputs[Kind] & Stored)[]> {
  const table: ConfiguredTable = configuredTables[kind];
  const rows = await transaction
    .select()
    .from(table)
    .where(eq(table.workspaceId, workspaceId))
    .orderBy(asc(table[order]));
  return rows.map((row) => recordOfRow(kind, row));
}
