import { eq, sql } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { workspaceRevisions, workspaces } from "./configuration-schema.js";
import { revisionChannel } from "./revisions/revision-connection.js";

const currentTransaction = sql`pg_current_xact_id()::text::bigint`;

/**
 * Locks the revision of a workspace until the end of the transaction, whether there is one yet or not: changes of one
 * workspace are made one after the other. Resolves to the highest revision it ever had, 0 when there never was one.
 */
export async function lockRevision(
  transaction: NodePgDatabase,
  workspaceId: string,
): Promise<number> {
  const [row] = await transaction
    .insert(workspaceRevisions)
    .values({ workspaceId, revision: 0, changedBy: currentTransaction })
    .onConflictDoUpdate({
      target: workspaceRevisions.workspaceId,
      set: { revision: sql`${workspaceRevisions.revision}` },
    })
    .returning({ revision: workspaceRevisions.revision });
  return row?.revision ?? 0;
}

/** Raises a locked revision, and has all storages told of it once the transaction is committed. */
export async function raiseRevision(
  transaction: NodePgDatabase,
  workspaceId: string,
  revision: number,
): Promise<void> {
  await transaction
    .update(workspaceRevisions)
    .set({ revision, changedBy: currentTransaction })
    .where(eq(workspaceRevisions.workspaceId, workspaceId));
  await transaction.execute(
    sql`SELECT pg_notify(${revisionChannel}, ${`${revision} ${workspaceId}`})`,
  );
}

/** The revision of a workspace, unless it does not exist or was deleted. */
export async function readRevision(
  database: NodePgDatabase,
  workspaceId: string,
): Promise<number | undefined> {
  const [row] = await database
    .select({ revision: workspaceRevisions.revision })
    .from(workspaceRevisions)
    .innerJoin(workspaces, eq(workspaces.workspaceId, workspaceRevisions.workspaceId))
    .where(eq(workspaceRevisions.workspaceId, workspaceId));
  return row?.revision;
}
