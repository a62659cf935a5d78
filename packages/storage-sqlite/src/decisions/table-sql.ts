import type { Database, RunResult } from "better-sqlite3";
import { getTableColumns, getTableName } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";

/** The columns of a table for a `SELECT`, under the names they have in its schema. */
export function columnsOf(table: SQLiteTable, alias: string): string {
  return Object.entries<SQLiteColumn>(getTableColumns(table))
    .map(([name, column]) => `${alias}.${column.name} AS ${name}`)
    .join(", ");
}

/** Inserts rows, each by the names of its table's schema. */
export type RowInserter<Row extends object> = (row: Row) => RunResult;

/**
 * Prepares the insertion of one row into a table. What SQLite counts up is left to it. The values are bound by their
 * place, which takes a fraction of the time that it takes by their name.
 */
export function prepareInsert<Row extends object>(
  client: Database,
  table: SQLiteTable,
): RowInserter<Row> {
  const columns = Object.entries<SQLiteColumn>(getTableColumns(table)).filter(
    ([, column]) => !countsUp(column),
  );
  const names = columns.map(([, column]) => column.name).join(", ");
  const places = columns.map(() => "?").join(", ");
  const statement = client.prepare(
    `INSERT INTO ${getTableName(table)} (${names}) VALUES (${places})`,
  );
  const members = columns.map(([name]) => name);
  return (row) => statement.run(members.map((name): unknown => Reflect.get(row, name)));
}

function countsUp(column: SQLiteColumn): boolean {
  return "autoIncrement" in column && column.autoIncrement === true;
}
