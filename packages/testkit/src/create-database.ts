import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { DatabaseError } from "pg";
import { runSql } from "./run-sql.js";

const createMillis = 10_000;
const retryMillis = 20;
const objectInUse = "55006";

/** A database that was made for a test. */
export interface CreatedDatabase {
  /** Its name, which needs no quotes. */
  readonly name: string;
  /** Where it is. */
  readonly url: string;
}

/**
 * Makes a database on the server of `url`, under a name of its own.
 *
 * @param template - The URL of a database to copy; an empty one is made without.
 */
export async function createDatabase(url: string, template?: string): Promise<CreatedDatabase> {
  const name = `test_${randomBytes(8).toString("hex")}`;
  const from = template === undefined ? "template1" : new URL(template).pathname.slice(1);
  await createFrom(url, `CREATE DATABASE ${name} TEMPLATE "${from}"`);
  const created = new URL(url);
  created.pathname = name;
  return { name, url: created.href };
}

/** A session that has just been ended is seen for a moment still, and keeps its database from being copied. */
async function createFrom(url: string, statement: string): Promise<void> {
  const deadline = performance.now() + createMillis;
  for (;;) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- each attempt follows from the one before
      return await runSql(url, statement, createMillis);
    } catch (error) {
      const isPassing = error instanceof DatabaseError && error.code === objectInUse;
      if (!isPassing || performance.now() > deadline) {
        throw error;
      }
    }
    // oxlint-disable-next-line no-await-in-loop -- each attempt follows from the one before
    await delay(retryMillis);
  }
}

/** Drops databases, whoever is connected to them. */
export async function dropDatabases(url: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    // oxlint-disable-next-line no-await-in-loop -- the server does them one after the other anyway
    await runSql(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`, createMillis);
  }
}
