import {
  prepareChanges,
  type ChangePlan,
  type ChangeSet,
  type ConfiguredRow,
  type NameableThing,
  type RevisionChange,
  type RowWrite,
  type StoredReference,
  type StoredThing,
  type ThingName,
} from "@byot/storage";
import { and, eq, sql } from "drizzle-orm";
import type { Pool } from "pg";
import {
  apiKeys,
  configuredTables,
  permissions,
  policyVersions,
  type ConfiguredTable,
} from "./configuration-schema.js";
import { inTransaction, type Transaction } from "./in-transaction.js";
import { logChange } from "./postgres-change-log.js";
import { readValue } from "./stored-json.js";
import { lockRevision, raiseRevision } from "./workspace-revision.js";

/** Carries a change set out in one transaction, which holds the lock of the workspace from before its first read. */
export async function applyToPostgres(pool: Pool, changes: ChangeSet): Promise<RevisionChange> {
  const prepared = prepareChanges(structuredClone(changes));
  const { workspaceId } = changes;
  return inTransaction(pool, async (transaction) => {
    const lastRevision = await lockRevision(transaction, workspaceId);
    const things: StoredThing[] = [];
    for (const thing of prepared.things) {
      // oxlint-disable-next-line no-await-in-loop -- a connection does one thing at a time
      things.push(...(await storedThing(transaction, workspaceId, thing)));
    }
    const references: StoredReference[] = [];
    for (const thing of prepared.nameable) {
      // oxlint-disable-next-line no-await-in-loop -- a connection does one thing at a time
      references.push(...(await referencesTo(transaction, workspaceId, thing)));
    }
    const plan = prepared.plan({ lastRevision, things, references });
    await carryOut(transaction, plan);
    return { workspaceId, revision: plan.revision };
  });
}

async function storedThing(
  transaction: Transaction,
  workspaceId: string,
  { kind, key }: ThingName,
): Promise<readonly StoredThing[]> {
  const table = configuredTables[kind];
  const rows = await transaction
    .select({ version: table.version, createdAt: table.createdAt, value: table.value })
    .from(table)
    .where(isThing(table, workspaceId, key));
  return rows.map(({ value, ...row }) => ({ kind, key, ...row, value: readValue(kind, value) }));
}

async function referencesTo(
  transaction: Transaction,
  workspaceId: string,
  { kind, key }: NameableThing,
): Promise<readonly StoredReference[]> {
  const rows = await transaction
    .select({ permissionId: permissions.key })
    .from(permissions)
    .where(
      and(
        eq(permissions.workspaceId, workspaceId),
        sql`${permissions.value}::json ->> ${kind} = ${key}`,
      ),
    );
  return rows.map(({ permissionId }) => ({ kind, key, permissionId }));
}

function isThing(table: ConfiguredTable, workspaceId: string, key: string) {
  return and(eq(table.workspaceId, workspaceId), eq(table.key, key));
}

async function carryOut(transaction: Transaction, plan: ChangePlan): Promise<void> {
  const { workspaceId, revision, writes } = plan;
  for (const write of writes) {
    // oxlint-disable-next-line no-await-in-loop -- a connection does one thing at a time
    await writeRow(transaction, workspaceId, write);
  }
  await raiseRevision(transaction, workspaceId, revision);
}

async function writeRow(
  transaction: Transaction,
  workspaceId: string,
  write: RowWrite,
): Promise<void> {
  switch (write.operation) {
    case "insert":
      await transaction.insert(configuredTables[write.row.kind]).values(columnsOf(write.row));
      break;
    case "update":
      await updateRow(transaction, write.row);
      break;
    case "keepVersion":
      await transaction.insert(policyVersions).values(columnsOf(write.row));
      break;
    case "delete":
      await deleteRow(transaction, workspaceId, write.thing);
      break;
    case "log":
      await logChange(transaction, write.change);
      break;
    case "clear":
      await clearWorkspace(transaction, workspaceId);
      break;
  }
}

function columnsOf(row: ConfiguredRow): typeof policyVersions.$inferInsert {
  const { workspaceId, key, version, createdAt, updatedAt, value } = row;
  return { workspaceId, key, version, createdAt, updatedAt, value: JSON.stringify(value) };
}

async function updateRow(transaction: Transaction, row: ConfiguredRow): Promise<void> {
  const table = configuredTables[row.kind];
  await transaction
    .update(table)
    .set(columnsOf(row))
    .where(isThing(table, row.workspaceId, row.key));
}

async function deleteRow(
  transaction: Transaction,
  workspaceId: string,
  { kind, key }: ThingName,
): Promise<void> {
  const table = configuredTables[kind];
  await transaction.delete(table).where(isThing(table, workspaceId, key));
}

async function clearWorkspace(transaction: Transaction, workspaceId: string): Promise<void> {
  for (const table of [...Object.values(configuredTables), apiKeys]) {
    // oxlint-disable-next-line no-await-in-loop -- a connection does one thing at a time
    await transaction.delete(table).where(eq(table.workspaceId, workspaceId));
  }
}
