import { and, eq, sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { indexedSubjectLength } from "./decisions-schema.js";

/** Whether a column holds a subject; by the index on its beginning. */
export function isSubject(column: PgColumn, subject: string): SQL | undefined {
  const length = sql.raw(String(indexedSubjectLength));
  return and(sql`left(${column}, ${length}) = left(${subject}, ${length})`, eq(column, subject));
}
