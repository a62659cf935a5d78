import {
  pageOf,
  readStoredValue,
  recordOf,
  rowsToRead,
  type ConfiguredInputs,
  type ConfiguredKind,
  type ConfiguredStore,
  type Page,
  type PageRequest,
  type Stored,
  type WorkspaceStore,
} from "@byot/storage";
import { and, asc, eq, gt, type SQL } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { configuredTables, type ConfiguredTable } from "./configuration-schema.js";
import type { PostgresParts } from "./postgres-parts.js";

/** The columns of a configured thing that make its record. */
type RecordColumns = Omit<ConfiguredTable["$inferSelect"], "sequence" | "key">;

/** The record of a row of that kind. */
export function recordOfRow<Kind extends ConfiguredKind>(
  kind: Kind,
  row: RecordColumns,
): ConfiguredInputs[Kind] & Stored {
  return recordOf({ ...row, value: readStoredValue(kind, row.value) });
}

/** Reads one kind of configured thing. */
export function createConfiguredStore<Kind extends ConfiguredKind>(
  { gate, database }: Pick<PostgresParts, "gate" | "database">,
  kind: Kind,
): ConfiguredStore<ConfiguredInputs[Kind] & Stored> {
  const table = configuredTables[kind];
  return {
    find: (workspaceId, key) => gate.run(() => findRecord(database, kind, { workspaceId, key })),
    list: (workspaceId, page) =>
      gate.run(() =>
        listRecords(database, kind, { page, within: eq(table.workspaceId, workspaceId) }),
      ),
  };
}

/** Reads workspaces: of this kind alone, lists go over all workspaces. */
export function createWorkspaceStore({
  gate,
  database,
}: Pick<PostgresParts, "gate" | "database">): WorkspaceStore {
  return {
    find: (workspaceId) =>
      gate.run(() => findRecord(database, "workspace", { workspaceId, key: workspaceId })),
    list: (page) => gate.run(() => listRecords(database, "workspace", { page })),
  };
}

async function findRecord<Kind extends ConfiguredKind>(
  database: NodePgDatabase,
  kind: Kind,
  { workspaceId, key }: { readonly workspaceId: string; readonly key: string },
): Promise<(ConfiguredInputs[Kind] & Stored) | undefined> {
  const table: ConfiguredTable = configuredTables[kind];
  const [row] = await database
    .select()
    .from(table)
    .where(and(eq(table.workspaceId, workspaceId), eq(table.key, key)));
  return row === undefined ? undefined : recordOfRow(kind, row);
}

interface RecordList {
  readonly page: PageRequest;
  readonly within?: SQL;
}

async function listRecords<Kind extends ConfiguredKind>(
  database: NodePgDatabase,
  kind: Kind,
  { page, within }: RecordList,
): Promise<Page<ConfiguredInputs[Kind] & Stored>> {
  const table: ConfiguredTable = configuredTables[kind];
  const wanted = rowsToRead(page);
  const following = page.cursor === undefined ? undefined : gt(table.key, page.cursor);
  const rows = await database
    .select()
    .from(table)
    .where(and(within, following))
    .orderBy(asc(table.key))
    .limit(wanted);
  const { items, nextCursor } = pageOf(rows, page.limit, ({ key }) => key);
  return { items: items.map((row) => recordOfRow(kind, row)), nextCursor };
}
