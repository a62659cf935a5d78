import {
  readStoredValue,
  type ConfiguredKind,
  type NameableThing,
  type PreparedChanges,
  type StoredReference,
  type StoredState,
  type StoredThing,
  type ThingName,
} from "@byot/storage";
import { and, eq, sql } from "drizzle-orm";
import { configuredTables, permissions, type ConfiguredTable } from "./configuration-schema.js";
import type { Transaction } from "./in-transaction.js";
import { lockRevision } from "./workspace-revision.js";

/** Reads what a change set is judged by: one statement for each kind of thing, however many there are. */
export async function readStoredState(
  transaction: Transaction,
  workspaceId: string,
  { things, nameable }: PreparedChanges,
): Promise<StoredState> {
  const lastRevision = await lockRevision(transaction, workspaceId);
  const stored: StoredThing[] = [];
  for (const [kind, keys] of keysByKind(things)) {
    // oxlint-disable-next-line no-await-in-loop -- a connection does one thing at a time
    stored.push(...(await readThings(transaction, { workspaceId, kind, keys })));
  }
  const references: StoredReference[] = [];
  for (const [kind, keys] of keysByKind(nameable)) {
    // oxlint-disable-next-line no-await-in-loop -- a connection does one thing at a time
    references.push(...(await readReferences(transaction, { workspaceId, kind, keys })));
  }
  return { lastRevision, things: stored, references };
}

interface NamedThings<Kind extends ConfiguredKind> {
  readonly workspaceId: string;
  readonly kind: Kind;
  readonly keys: readonly string[];
}

function keysByKind<Thing extends ThingName>(
  things: readonly Thing[],
): ReadonlyMap<Thing["kind"], readonly string[]> {
  const keys = new Map<Thing["kind"], string[]>();
  for (const { kind, key } of things) {
    const ofKind = keys.get(kind) ?? [];
    ofKind.push(key);
    keys.set(kind, ofKind);
  }
  return keys;
}

async function readThings(
  transaction: Transaction,
  { workspaceId, kind, keys }: NamedThings<ConfiguredKind>,
): Promise<readonly StoredThing[]> {
  const table: ConfiguredTable = configuredTables[kind];
  const rows = await transaction
    .select({
      key: table.key,
      version: table.version,
      createdAt: table.createdAt,
      value: table.value,
    })
    .from(table)
    .where(and(eq(table.workspaceId, workspaceId), sql`${table.key} = ANY (${sql.param(keys)})`));
  return rows.map(({ value, ...row }) => ({ kind, ...row, value: readStoredValue(kind, value) }));
}

async function readReferences(
  transaction: Transaction,
  { workspaceId, kind, keys }: NamedThings<NameableThing["kind"]>,
): Promise<readonly StoredReference[]> {
  const named = sql<string>`${permissions.value}::json ->> ${sql.raw(`'${kind}'`)}`;
  const rows = await transaction
    .select({ permissionId: permissions.key, key: named })
    .from(permissions)
    .where(and(eq(permissions.workspaceId, workspaceId), sql`${named} = ANY (${sql.param(keys)})`));
  return rows.map((row) => ({ kind, ...row }));
}
