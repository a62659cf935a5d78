import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { makeTemporaryFolder, startPostgres } from "@byot/testkit";
import Database from "better-sqlite3";
import { Client } from "pg";
import { readRootKey } from "./audited-service.js";

/** A store that a server is started on again and again. */
export interface StoreUnderTest {
  /** What a server needs in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The key that opens everything, once a server has been there. */
  rootKey(): Promise<string>;
  /** What the database says of its own soundness; `ok` when it is sound. No server may be running. */
  integrity(): Promise<string>;
  /** Locks what decisions are written to while something happens. */
  whileLocked(work: () => Promise<void>): Promise<void>;
  /** Ends and removes it. */
  remove(): Promise<void>;
}

/** SQLite files in a folder of their own. */
export async function sqliteStore(): Promise<StoreUnderTest> {
  const folder = await makeTemporaryFolder();
  const data = join(folder.path, "data");
  const decisions = join(data, "byot-decisions.db");
  return {
    env: { BYOT_DATA_DIR: data },
    rootKey: () => readRootKey(data),
    async integrity() {
      const reports = ["byot.db", "byot-decisions.db"].map((file) => checkFile(join(data, file)));
      return reports.every((report) => report === "ok") ? "ok" : reports.join("; ");
    },
    async whileLocked(work) {
      const database = new Database(decisions);
      try {
        database.exec("BEGIN IMMEDIATE");
        await work();
        database.exec("ROLLBACK");
      } finally {
        database.close();
      }
    },
    remove: () => folder.remove(),
  };
}

function checkFile(path: string): string {
  const database = new Database(path, { readonly: true });
  try {
    return String(database.pragma("integrity_check", { simple: true }));
  } finally {
    database.close();
  }
}

/** A PostgreSQL server, which can be troubled. */
export interface PostgresUnderTest extends StoreUnderTest {
  /** Shuts the database server down and starts it again. */
  restart(): Promise<void>;
  /** Ends every connection to the database but its own. */
  dropConnections(): Promise<void>;
}

/** A PostgreSQL server of its own that keeps to the disk what it commits. */
export async function postgresStore(): Promise<PostgresUnderTest> {
  const postgres = await startPostgres({ dedicated: true, fsync: true });
  const key = `byot_${randomBytes(4).toString("hex")}_${randomBytes(32).toString("base64url")}`;
  return {
    env: { BYOT_DATABASE_URL: postgres.url, BYOT_ROOT_KEY: key },
    rootKey: () => Promise.resolve(key),
    integrity: () => Promise.resolve("ok"),
    whileLocked: (work) =>
      withClient(postgres.url, async (client) => {
        await client.query("BEGIN");
        await client.query("LOCK TABLE decisions IN EXCLUSIVE MODE");
        await work();
        await client.query("ROLLBACK");
      }),
    restart: () => postgres.restart(),
    dropConnections: () =>
      withClient(postgres.url, async (client) => {
        await client.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
        );
      }),
    remove: () => postgres.stop(),
  };
}

async function withClient(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
