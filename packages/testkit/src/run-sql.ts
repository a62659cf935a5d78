import { Client } from "pg";

/**
 * Runs one statement on a connection of its own, without TLS.
 *
 * @throws DatabaseError of `pg` when PostgreSQL refuses the statement; Error when it cannot be reached, or has not
 * answered within `timeoutMs`.
 */
export async function runSql(url: string, statement: string, timeoutMs: number): Promise<void> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
  });
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end();
  }
}
