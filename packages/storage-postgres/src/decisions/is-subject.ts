import { and, eq, sql, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { indexedSubjectLength } from "./decisions-schema.js";

/** Whether a column holds a subject; by the index on its beginning. */
export function isSubject(column: PgColumn, subject: string): SQL | undefined {
  const length = sql.raw(String(indexedSubjectLength));
  const startsLikeIt = sql`left(${column}, ${length}) = left(${subject}, ${length})`;
  // What is shorter is its own beginning. Asked twice, PostgreSQL would take what matches for rarer than it is.
  return subject.length < indexedSubjectLength
    ? startsLikeIt
    : and(startsLikeIt, eq(column, subject));
}
