import {
  customType,
  pgSchema,
  timestamp,
  type PgTimestampBuilderInitial,
} from "drizzle-orm/pg-core";

/** Where all tables are: a schema of their own, so that they get in nobody's way and no search path decides. */
export const byot = pgSchema("byot");

/** Text that is compared and ordered byte for byte, whatever the database's own order is. */
export const bytewiseText = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

/** A time to the millisecond. */
export function millisecondTime<Name extends string>(name: Name): PgTimestampBuilderInitial<Name> {
  return timestamp(name, { withTimezone: true, precision: 3 });
}
