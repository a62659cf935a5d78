import type { ChangePlan, ConfiguredKind, ConfiguredRow, RowWrite, ThingName } from "@byot/storage";
import { and, eq } from "drizzle-orm";
import {
  apiKeys,
  configuredTables,
  policyVersions,
  type ConfiguredTable,
} from "./configuration-schema.js";
import type { Transaction } from "./in-transaction.js";
import { logChanges } from "./postgres-change-log.js";
import { raiseRevision } from "./workspace-revision.js";

/**
 * Makes the writes of a plan. What is new goes in many rows at a time, in the order of the plan, which is the order of
 * creation; no two writes are of the same thing, so the order among the others means nothing.
 */
export async function carryOutPlan(transaction: Transaction, plan: ChangePlan): Promise<void> {
  const { workspaceId, revision, writes } = plan;
  for (const [kind, rows] of insertsByKind(writes)) {
    // oxlint-disable-next-line no-await-in-loop -- a connection does one thing at a time
    await insertRows(transaction, configuredTables[kind], rows);
  }
  await insertRows(transaction, policyVersions, writes.flatMap(versionIn));
  for (const write of writes) {
    // oxlint-disable-next-line no-await-in-loop -- a connection does one thing at a time
    await changeRows(transaction, workspaceId, write);
  }
  await logChanges(
    transaction,
    writes.flatMap((write) => (write.operation === "log" ? [write.change] : [])),
  );
  await raiseRevision(transaction, workspaceId, revision);
}

function insertsByKind(
  writes: readonly RowWrite[],
): ReadonlyMap<ConfiguredKind, readonly ConfiguredRow[]> {
  const inserts = new Map<ConfiguredKind, ConfiguredRow[]>();
  for (const write of writes) {
    if (write.operation === "insert") {
      const ofKind = inserts.get(write.row.kind) ?? [];
      ofKind.push(write.row);
      inserts.set(write.row.kind, ofKind);
    }
  }
  return inserts;
}

function versionIn(write: RowWrite): readonly ConfiguredRow[] {
  return write.operation === "keepVersion" ? [write.row] : [];
}

const rowsAtOnce = 1000;

async function insertRows(
  transaction: Transaction,
  table: ConfiguredTable | typeof policyVersions,
  rows: readonly ConfiguredRow[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const some = rows.slice(start, start + rowsAtOnce).map(columnsOf);
    // oxlint-disable-next-line no-await-in-loop -- a connection does one thing at a time
    await transaction.insert(table).values(some);
  }
}

function columnsOf(row: ConfiguredRow): typeof policyVersions.$inferInsert {
  const { workspaceId, key, version, createdAt, updatedAt, value } = row;
  return { workspaceId, key, version, createdAt, updatedAt, value: JSON.stringify(value) };
}

async function changeRows(
  transaction: Transaction,
  workspaceId: string,
  write: RowWrite,
): Promise<void> {
  switch (write.operation) {
    case "update":
      await updateRow(transaction, write.row);
      break;
    case "delete":
      await deleteRow(transaction, workspaceId, write.thing);
      break;
    case "clear":
      await clearWorkspace(transaction, workspaceId);
      break;
    case "insert":
    case "keepVersion":
    case "log":
      // Made many at a time.
      break;
  }
}

function isThing(table: ConfiguredTable, workspaceId: string, key: string) {
  return and(eq(table.workspaceId, workspaceId), eq(table.key, key));
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
