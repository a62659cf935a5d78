import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { makeTemporaryFolder, type Postgres, startPostgres } from "@byot/testkit";
import { Client } from "pg";
import { createApiKey } from "../../src/access/api-key.js";

/** What a server keeps its data in, for as long as a test needs it. */
export interface ServerStore {
  /** What a server needs in its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** What no output of a server may repeat. */
  readonly secrets: readonly string[];
  /** The key that opens everything, once a server has been there. */
  rootKey(): Promise<string>;
  /** Everything that is kept, as text. */
  contents(): Promise<string>;
  /** Ends and removes it. */
  remove(): Promise<void>;
}

/** Every kind of store a server runs on. */
export const storeKinds: readonly (readonly [string, () => Promise<ServerStore>])[] = [
  ["SQLite", openSqliteFolder],
  ["PostgreSQL", openPostgresDatabase],
];

/** A folder for SQLite files. */
export async function openSqliteFolder(): Promise<ServerStore> {
  const folder = await makeTemporaryFolder();
  const data = join(folder.path, "data");
  return {
    env: { BYOT_DATA_DIR: data },
    secrets: [],
    rootKey: async () => (await readFile(join(data, "root-key"), "utf8")).trim(),
    async contents() {
      const files = (await readdir(data)).filter((name) => name !== "root-key");
      const texts = await Promise.all(files.map((file) => readFile(join(data, file), "latin1")));
      return texts.join("\n");
    },
    remove: () => folder.remove(),
  };
}

/** An empty database of a PostgreSQL server for this test alone. */
export async function openPostgresDatabase(): Promise<ServerStore> {
  const postgres = await startPostgres();
  try {
    return await storeIn(postgres);
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function storeIn(postgres: Postgres): Promise<ServerStore> {
  const url = withPassword(await postgres.createDatabase());
  const { key } = createApiKey((length) => new Uint8Array(length).fill(5));
  return {
    env: { BYOT_DATABASE_URL: url, BYOT_ROOT_KEY: key },
    secrets: [url, new URL(url).password],
    rootKey: () => Promise.resolve(key),
    contents: () => readDatabase(url),
    remove: () => postgres.stop(),
  };
}

/** The servers that tests start themselves let everybody in; a password can be looked for in what is printed. */
function withPassword(text: string): string {
  const url = new URL(text);
  if (url.password === "") {
    url.password = "s3cr3t-of-the-database";
  }
  return url.href;
}

async function readDatabase(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ text: string }>(
        `SELECT t::text AS text FROM ${name} AS t`,
      );
      texts.push(...rows.map(({ text }) => text));
    }
    return texts.join("\n");
  } finally {
    await client.end();
  }
}
