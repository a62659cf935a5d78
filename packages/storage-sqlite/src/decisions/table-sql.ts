import { getTableColumns, getTableName } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";

/** The columns of a table for a `SELECT`, under the names they have in its schema. */
export function columnsOf(table: SQLiteTable, alias: string): string {
  return Object.entries<SQLiteColumn>(getTableColumns(table))
    .map(([name, column]) => `${alias}.${column.name} AS ${name}`)
    .join(", ");
}

/** An `INSERT` of one row, whose parameters have the names of its schema. What SQLite counts up is left to it. */
export function insertInto(table: SQLiteTable): string {
  const columns = Object.entries<SQLiteColumn>(getTableColumns(table)).filter(
    ([, column]) => !countsUp(column),
  );
  const names = columns.map(([, column]) => column.name);
  const parameters = columns.map(([name]) => `@${name}`);
  return `INSERT INTO ${getTableName(table)} (${names.join(", ")}) VALUES (${parameters.join(", ")})`;
}

function countsUp(column: SQLiteColumn): boolean {
  return "autoIncrement" in column && column.autoIncrement === true;
}
