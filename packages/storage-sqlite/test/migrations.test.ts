import { getTableConfig, SQLiteTable } from "drizzle-orm/sqlite-core";
import { afterAll, describe, expect, test } from "vitest";
import * as configurationSchema from "../src/configuration-schema.js";
import * as chainSchema from "../src/decisions/chain-schema.js";
import * as decisionsSchema from "../src/decisions/decisions-schema.js";
import { openDatabase } from "../src/open-database.js";

describe.each([
  ["configuration", configurationSchema],
  ["decisions", { ...decisionsSchema, ...chainSchema }],
] as const)("the migrations of the %s", (migrations, schema) => {
  const database = openDatabase({ path: ":memory:", busyTimeoutMillis: 0, migrations });
  const tables = Object.values(schema).filter((each) => each instanceof SQLiteTable);
  afterAll(() => void database.$client.close());

  test("make the tables that the code reads, and no others", () => {
    const made = database.$client
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
      .pluck()
      .all()
      .filter((name) => !/^(sqlite_|__drizzle)/.test(String(name)));
    expect(made).toEqual(tables.map((table) => getTableConfig(table).name).toSorted());
  });

  test.each(tables.map((table) => [getTableConfig(table).name, table] as const))(
    "make the columns and indexes of `%s` that the code knows",
    (name, table) => {
      const { columns, indexes } = getTableConfig(table);
      const made = database.$client.prepare(
        'SELECT name, lower(type) AS type, "notnull" AS required FROM pragma_table_info(?)',
      );
      expect(made.all(name)).toEqual(
        columns.map((column) => ({
          name: column.name,
          type: column.getSQLType(),
          required: Number(column.notNull),
        })),
      );
      const madeIndexes = database.$client
        .prepare("SELECT name FROM pragma_index_list(?) WHERE origin = 'c'")
        .pluck()
        .all(name);
      expect(madeIndexes).toEqual(
        expect.arrayContaining(indexes.map((index) => index.config.name)),
      );
    },
  );

  test("are followed by a database that waits for the disk and checks its references", () => {
    expect(database.$client.pragma("synchronous", { simple: true })).toBe(2);
    expect(database.$client.pragma("foreign_keys", { simple: true })).toBe(1);
  });
});
