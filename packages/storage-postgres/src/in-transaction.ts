import { StorageError } from "@byot/storage";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Pool, PoolClient } from "pg";
import { isAnswer, isConflict } from "./postgres-errors.js";

/** A connection within a transaction. */
export type Transaction = NodePgDatabase;

const attempts = 5;

/** Reads one state of the database, and writes nothing. */
export const readOneState = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

const readAndWrite = "BEGIN ISOLATION LEVEL READ COMMITTED";

/**
 * Does some work in one transaction, again when PostgreSQL undoes it for the sake of another one. The connection goes
 * back to the pool only when it is known to be outside of any transaction.
 */
export async function inTransaction<Answer>(
  pool: Pool,
  work: (transaction: Transaction) => Promise<Answer>,
  begin: string = readAndWrite,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- each attempt follows from the one before
      return await attemptTransaction(pool, work, begin);
    } catch (error) {
      if (!isConflict(error) || attempt === attempts) {
        throw error;
      }
    }
  }
}

async function attemptTransaction<Answer>(
  pool: Pool,
  work: (transaction: Transaction) => Promise<Answer>,
  begin: string,
): Promise<Answer> {
  const client = await pool.connect();
  try {
    await client.query(begin);
    const answer = await work(drizzle({ client }));
    await client.query("COMMIT");
    client.release();
    return answer;
  } catch (error) {
    await rollBack(client, error);
    throw error;
  }
}

async function rollBack(client: PoolClient, error: unknown): Promise<void> {
  // Where PostgreSQL has not answered, nobody knows what it is doing: the connection is of no more use.
  const isUsable = error instanceof StorageError || error instanceof TypeError || isAnswer(error);
  try {
    if (isUsable) {
      await client.query("ROLLBACK");
    }
    client.release(!isUsable);
  } catch {
    client.release(true);
  }
}
