import { StorageError, type SecretStore } from "@byot/storage";
import { eq } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import { secrets } from "./configuration-schema.js";
import type { PostgresParts } from "./postgres-parts.js";

/** Keeps the service's own secrets. */
export function createSecretStore({
  gate,
  database,
}: Pick<PostgresParts, "gate" | "database">): SecretStore {
  return {
    findOrCreate: (name, proposed) => gate.run(() => findOrCreate(database, name, proposed)),
  };
}

async function findOrCreate(
  database: NodePgDatabase,
  name: string,
  proposed: string,
): Promise<string> {
  const found = await find(database, name);
  if (found !== undefined) {
    return found;
  }
  // Whoever comes first stores theirs, and everybody reads that one.
  await database.insert(secrets).values({ name, value: proposed }).onConflictDoNothing();
  const stored = await find(database, name);
  if (stored === undefined) {
    throw new StorageError("CORRUPT", `the secret \`${name}\` was stored and is not there`);
  }
  return stored;
}

async function find(database: NodePgDatabase, name: string): Promise<string | undefined> {
  const [row] = await database.select().from(secrets).where(eq(secrets.name, name));
  return row?.value;
}
