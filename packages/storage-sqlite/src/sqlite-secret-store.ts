import { StorageError, type SecretStore } from "@byot/storage";
import { eq } from "drizzle-orm";
import { secrets } from "./configuration-schema.js";
import type { SqliteDatabase } from "./open-database.js";
import type { SqliteParts } from "./sqlite-configured-store.js";

/** Keeps the service's own secrets. */
export function createSecretStore({ gate, database }: SqliteParts): SecretStore {
  return {
    findOrCreate: (name, proposed) => gate.run(() => findOrCreate(database, name, proposed)),
  };
}

function findOrCreate(database: SqliteDatabase, name: string, proposed: string): string {
  const found = find(database, name);
  if (found !== undefined) {
    return found;
  }
  // Whoever comes first stores theirs, and everybody reads that one.
  database.insert(secrets).values({ name, value: proposed }).onConflictDoNothing().run();
  const stored = find(database, name);
  if (stored === undefined) {
    throw new StorageError("CORRUPT", `the secret \`${name}\` was stored and is not there`);
  }
  return stored;
}

function find(database: SqliteDatabase, name: string): string | undefined {
  return database.select().from(secrets).where(eq(secrets.name, name)).get()?.value;
}
