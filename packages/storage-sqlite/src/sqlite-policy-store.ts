import {
  pageOf,
  rowsToRead,
  unknownCursor,
  type Page,
  type PageRequest,
  type PolicyRecord,
  type PolicyStore,
} from "@byot/storage";
import { and, desc, eq, lt, type SQL } from "drizzle-orm";
import { policyVersions } from "./configuration-schema.js";
import type { SqliteDatabase } from "./open-database.js";
import { createConfiguredStore, recordOfRow, type SqliteParts } from "./sqlite-configured-store.js";

/** Reads policies and their versions. */
export function createPolicyStore(parts: SqliteParts): PolicyStore {
  const { gate, database } = parts;
  return {
    ...createConfiguredStore(parts, "policy"),
    findVersion: (workspaceId, name, version) =>
      gate.run(() => findVersion(database, and(ofPolicy(workspaceId, name), isVersion(version)))),
    listVersions: (workspaceId, name, page) =>
      gate.run(() => listVersions(database, ofPolicy(workspaceId, name), page)),
  };
}

function ofPolicy(workspaceId: string, name: string): SQL | undefined {
  return and(eq(policyVersions.workspaceId, workspaceId), eq(policyVersions.key, name));
}

function isVersion(version: number): SQL {
  return eq(policyVersions.version, version);
}

function findVersion(database: SqliteDatabase, wanted: SQL | undefined): PolicyRecord | undefined {
  const row = database.select().from(policyVersions).where(wanted).get();
  return row === undefined ? undefined : recordOfRow("policy", row);
}

function listVersions(
  database: SqliteDatabase,
  ofThisPolicy: SQL | undefined,
  page: PageRequest,
): Page<PolicyRecord> {
  const wanted = rowsToRead(page);
  const last = page.cursor === undefined ? undefined : Number(page.cursor);
  if (
    last !== undefined &&
    findVersion(database, and(ofThisPolicy, isVersion(last))) === undefined
  ) {
    throw unknownCursor(String(page.cursor));
  }
  const rows = database
    .select()
    .from(policyVersions)
    .where(and(ofThisPolicy, last === undefined ? undefined : lt(policyVersions.version, last)))
    .orderBy(desc(policyVersions.version))
    .limit(wanted)
    .all();
  const { items, nextCursor } = pageOf(rows, page.limit, ({ version }) => String(version));
  return { items: items.map((row) => recordOfRow("policy", row)), nextCursor };
}
