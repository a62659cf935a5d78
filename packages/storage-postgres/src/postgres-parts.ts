import type { CallGate } from "@byot/storage";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Pool } from "pg";

/** What the stores of one database share. */
export interface PostgresParts {
  /** Stands before every method. */
  readonly gate: CallGate;
  /** Where transactions get their connection. */
  readonly pool: Pool;
  /** For single statements, each on a connection of the pool. */
  readonly database: NodePgDatabase;
}

/** Puts the parts together. */
export function partsOf(gate: CallGate, pool: Pool): PostgresParts {
  return { gate, pool, database: drizzle({ client: pool }) };
}
