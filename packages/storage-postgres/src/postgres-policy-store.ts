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
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { policyVersions } from "./configuration-schema.js";
import { createConfiguredStore, recordOfRow } from "./postgres-configured-store.js";
import type { PostgresParts } from "./postgres-parts.js";

const versionPattern = /^\d{1,15}$/;

/** Reads policies and their versions. */
export function createPolicyStore(parts: Pick<PostgresParts, "gate" | "database">): PolicyStore {
  const { gate, database } = parts;
  return {
    ...createConfiguredStore(parts, "policy"),
    findVersion: (workspaceId, name, version) =>
      gate.run(() => findVersion(database, ofPolicy(workspaceId, name), version)),
    listVersions: (workspaceId, name, page) =>
      gate.run(() => listVersions(database, ofPolicy(workspaceId, name), page)),
  };
}

function ofPolicy(workspaceId: string, name: string): SQL | undefined {
  return and(eq(policyVersions.workspaceId, workspaceId), eq(policyVersions.key, name));
}

async function findVersion(
  database: NodePgDatabase,
  ofThisPolicy: SQL | undefined,
  version: number,
): Promise<PolicyRecord | undefined> {
  if (!Number.isSafeInteger(version)) {
    return undefined;
  }
  const [row] = await database
    .select()
    .from(policyVersions)
    .where(and(ofThisPolicy, eq(policyVersions.version, version)));
  return row === undefined ? undefined : recordOfRow("policy", row);
}

async function listVersions(
  database: NodePgDatabase,
  ofThisPolicy: SQL | undefined,
  page: PageRequest,
): Promise<Page<PolicyRecord>> {
  const wanted = rowsToRead(page);
  const last = await lastVersion(database, ofThisPolicy, page.cursor);
  const rows = await database
    .select()
    .from(policyVersions)
    .where(and(ofThisPolicy, last === undefined ? undefined : lt(policyVersions.version, last)))
    .orderBy(desc(policyVersions.version))
    .limit(wanted);
  const { items, nextCursor } = pageOf(rows, page.limit, ({ version }) => String(version));
  return { items: items.map((row) => recordOfRow("policy", row)), nextCursor };
}

async function lastVersion(
  database: NodePgDatabase,
  ofThisPolicy: SQL | undefined,
  cursor: string | undefined,
): Promise<number | undefined> {
  if (cursor === undefined) {
    return undefined;
  }
  const version = versionPattern.test(cursor) ? Number(cursor) : undefined;
  if (version === undefined || (await findVersion(database, ofThisPolicy, version)) === undefined) {
    throw unknownCursor(cursor);
  }
  return version;
}
