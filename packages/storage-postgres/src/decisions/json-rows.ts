import { getTableColumns, type InferInsertModel } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";

// Rows go to PostgreSQL as one JSON parameter, whatever their number: the statement stays the same and is prepared once.

/** The columns of a table that are written, with their names in its schema; PostgreSQL counts the others up. */
function writtenColumns(table: PgTable): readonly (readonly [string, PgColumn])[] {
  return Object.entries<PgColumn>(getTableColumns(table)).filter(
    ([, column]) => column.generatedIdentity === undefined,
  );
}

/** The names of a table's columns that are written, for a list of columns. */
export function columnNames(table: PgTable): readonly string[] {
  return writtenColumns(table).map(([, column]) => column.name);
}

/** A JSON parameter as rows of a table, under an alias. */
export function rowsFrom(parameter: `$${number}`, table: PgTable, alias: string): string {
  const columns = writtenColumns(table).map(
    ([, column]) => `${column.name} ${column.getSQLType()}`,
  );
  return `json_to_recordset(${parameter}::json) AS ${alias}(${columns.join(", ")})`;
}

/** Rows as a JSON parameter. */
export function toJsonRows<Table extends PgTable>(
  table: Table,
  rows: readonly Partial<InferInsertModel<Table>>[],
): string {
  const columns = writtenColumns(table);
  return JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(
        columns.map(([key, column]): readonly [string, unknown] => [
          column.name,
          Reflect.get(row, key),
        ]),
      ),
    ),
  );
}
