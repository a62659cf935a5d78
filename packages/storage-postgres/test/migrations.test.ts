import { openPostgresStorage } from "@byot/storage-postgres";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as configurationSchema from "../src/configuration-schema.js";
import * as chainSchema from "../src/decisions/chain-schema.js";
import * as decisionsSchema from "../src/decisions/decisions-schema.js";
import { useServer } from "./postgres-server.js";
import { newWorkspace } from "./sample-changes.js";

const { postgres, freshUrl } = useServer();

async function query(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(text);
    return rows;
  } finally {
    await client.end();
  }
}

const tables = Object.values({ ...configurationSchema, ...chainSchema, ...decisionsSchema }).filter(
  (each) => each instanceof PgTable,
);

describe("the migrations", () => {
  let url: string;
  let client: Client;

  beforeAll(async () => {
    url = await freshUrl();
    client = new Client({ connectionString: url });
    await client.connect();
  });
  afterAll(() => client.end());

  test("make the tables that the code reads, and no others", async () => {
    const { rows } = await client.query<{ name: string }>(
      `SELECT schemaname || '.' || tablename AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    );
    const known = tables.map((table) => `byot.${getTableConfig(table).name}`);
    expect(rows.map(({ name }) => name).toSorted()).toEqual(
      [...known, "byot.migrations"].toSorted(),
    );
  });

  test.each(tables.map((table) => [getTableConfig(table).name, table] as const))(
    "make the columns and indexes of `%s` that the code knows",
    async (name, table) => {
      const { columns, indexes } = getTableConfig(table);
      const made = await client.query(
        `SELECT attname AS name, attnotnull AS required, coalesce(collname, '') AS collation
         FROM pg_attribute LEFT JOIN pg_collation AS c ON c.oid = attcollation
         WHERE attrelid = ('byot.' || $1)::regclass AND attnum > 0 ORDER BY attnum`,
        [name],
      );
      expect(made.rows.toSorted(byName)).toEqual(
        columns
          .map((column) => ({
            name: column.name,
            required: column.notNull,
            // Whatever the database's order is, texts are compared byte for byte.
            collation: column.getSQLType().startsWith("text") ? "C" : "",
          }))
          .toSorted(byName),
      );
      const madeIndexes = await client.query<{ name: string }>(
        "SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'byot' AND tablename = $1",
        [name],
      );
      expect(madeIndexes.rows.map((row) => row.name)).toEqual(
        expect.arrayContaining(indexes.map((index) => index.config.name)),
      );
    },
  );
});

function byName(left: { name: string }, right: { name: string }): number {
  return left.name < right.name ? -1 : 1;
}

const applied = "SELECT count(*)::int AS count FROM byot.migrations";

test("four storages that are opened at once on an empty database migrate it once", async () => {
  const url = await postgres().createDatabase();

  const storages = await Promise.all([1, 2, 3, 4].map(() => openPostgresStorage({ url })));

  expect(await query(url, applied)).toEqual([{ count: 1 }]);
  await storages[0]?.apply(newWorkspace("acme"));
  for (const storage of storages) {
    expect(await storage.revision("acme")).toBe(1);
    await storage.close();
  }
});

test("opening what is up to date changes nothing, whether it may or not", async () => {
  const url = await freshUrl();
  for (const migrate of ["auto", "check"] as const) {
    const storage = await openPostgresStorage({ url, migrate });
    expect(await storage.isReady()).toBe(true);
    await storage.close();
  }
  expect(await query(url, applied)).toEqual([{ count: 1 }]);
});

test("a database that is not up to date is refused where it may only be checked, and left alone", async () => {
  const url = await postgres().createDatabase();

  await expect(openPostgresStorage({ url, migrate: "check" })).rejects.toMatchObject({
    name: "StorageError",
    code: "UNAVAILABLE",
    message: "the tables of the database are not up to date; migrate them first",
  });

  const schemas = "SELECT nspname FROM pg_namespace WHERE nspname = 'byot'";
  expect(await query(url, schemas)).toEqual([]);
});

test("a database that a newer version has written is refused", async () => {
  const url = await freshUrl();
  await query(url, "INSERT INTO byot.migrations (hash, created_at) VALUES ('x', 32503680000000)");

  for (const migrate of ["auto", "check"] as const) {
    await expect(openPostgresStorage({ url, migrate })).rejects.toMatchObject({
      name: "StorageError",
      code: "CORRUPT",
      message:
        "the database was written by a newer version of byot: its migration `32503680000000` is unknown here",
    });
  }
});

test("a database whose tables are not those of byot is corrupt", async () => {
  const url = await freshUrl();
  const storage = await openPostgresStorage({ url });
  await query(url, "ALTER TABLE byot.resources RENAME TO elsewhere");

  await expect(storage.resources.find("acme", "orders")).rejects.toMatchObject({
    code: "CORRUPT",
    message: "the database cannot be read back: `42P01`",
  });
  await storage.close();
});
