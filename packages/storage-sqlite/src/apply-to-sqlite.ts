import {
  prepareChanges,
  readStoredValue,
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
import {
  apiKeys,
  configuredTables,
  permissions,
  policyVersions,
  workspaceRevisions,
  type ConfiguredTable,
} from "./configuration-schema.js";
import type { SqliteDatabase } from "./open-database.js";
import { logChange } from "./sqlite-change-log.js";

/** Carries a change set out in one transaction, which holds the write lock from before its first read. */
export function applyToSqlite(database: SqliteDatabase, changes: ChangeSet): RevisionChange {
  const prepared = prepareChanges(changes);
  const { workspaceId } = changes;
  return database.transaction(
    () => {
      const plan = prepared.plan({
        lastRevision: lastRevision(database, workspaceId),
        things: prepared.things.flatMap((thing) => storedThing(database, workspaceId, thing)),
        references: prepared.nameable.flatMap((thing) =>
          referencesTo(database, workspaceId, thing),
        ),
      });
      carryOut(database, plan);
      return { workspaceId, revision: plan.revision };
    },
    { behavior: "immediate" },
  );
}

function lastRevision(database: SqliteDatabase, workspaceId: string): number {
  const row = database
    .select()
    .from(workspaceRevisions)
    .where(eq(workspaceRevisions.workspaceId, workspaceId))
    .get();
  return row?.revision ?? 0;
}

function storedThing(
  database: SqliteDatabase,
  workspaceId: string,
  { kind, key }: ThingName,
): readonly StoredThing[] {
  const table = configuredTables[kind];
  const row = database
    .select({ version: table.version, createdAt: table.createdAt, value: table.value })
    .from(table)
    .where(isThing(table, workspaceId, key))
    .get();
  return row === undefined ? [] : [{ kind, key, ...row, value: readStoredValue(kind, row.value) }];
}

function referencesTo(
  database: SqliteDatabase,
  workspaceId: string,
  { kind, key }: NameableThing,
): readonly StoredReference[] {
  return database
    .select({ permissionId: permissions.key })
    .from(permissions)
    .where(
      and(
        eq(permissions.workspaceId, workspaceId),
        sql`json_extract(${permissions.value}, ${`$.${kind}`}) = ${key}`,
      ),
    )
    .all()
    .map(({ permissionId }) => ({ kind, key, permissionId }));
}

function isThing(table: ConfiguredTable, workspaceId: string, key: string) {
  return and(eq(table.workspaceId, workspaceId), eq(table.key, key));
}

function carryOut(database: SqliteDatabase, plan: ChangePlan): void {
  const { workspaceId, revision } = plan;
  database
    .insert(workspaceRevisions)
    .values({ workspaceId, revision })
    .onConflictDoUpdate({ target: workspaceRevisions.workspaceId, set: { revision } })
    .run();
  for (const write of plan.writes) {
    writeRow(database, workspaceId, write);
  }
}

function writeRow(database: SqliteDatabase, workspaceId: string, write: RowWrite): void {
  switch (write.operation) {
    case "insert":
      database.insert(configuredTables[write.row.kind]).values(columnsOf(write.row)).run();
      break;
    case "update":
      updateRow(database, write.row);
      break;
    case "keepVersion":
      database.insert(policyVersions).values(columnsOf(write.row)).run();
      break;
    case "delete":
      deleteRow(database, workspaceId, write.thing);
      break;
    case "log":
      logChange(database, write.change);
      break;
    case "clear":
      clearWorkspace(database, workspaceId);
      break;
  }
}

function columnsOf(row: ConfiguredRow): typeof policyVersions.$inferInsert {
  const { workspaceId, key, version, createdAt, updatedAt, value } = row;
  return { workspaceId, key, version, createdAt, updatedAt, value: JSON.stringify(value) };
}

function updateRow(database: SqliteDatabase, row: ConfiguredRow): void {
  const table = configuredTables[row.kind];
  database
    .update(table)
    .set(columnsOf(row))
    .where(isThing(table, row.workspaceId, row.key))
    .run();
}

function deleteRow(database: SqliteDatabase, workspaceId: string, { kind, key }: ThingName): void {
  const table = configuredTables[kind];
  database
    .delete(table)
    .where(isThing(table, workspaceId, key))
    .run();
}

function clearWorkspace(database: SqliteDatabase, workspaceId: string): void {
  for (const table of [...Object.values(configuredTables), apiKeys]) {
    database.delete(table).where(eq(table.workspaceId, workspaceId)).run();
  }
}
