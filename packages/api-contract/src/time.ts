import { z } from "zod";

// An offset can carry a time beyond what RFC 3339 can spell in UTC, and so beyond what can be answered.
function hasFourDigitYear(time: string): boolean {
  return /^\d{4}-/.test(new Date(time).toISOString());
}

/** A time of RFC 3339, in any time zone, within the years 0000 to 9999 of UTC. */
export const timeSchema: z.ZodType<string, string> = z.iso
  .datetime({ offset: true, abort: true })
  .refine(hasFourDigitYear, "must lie within the years 0000 to 9999 of UTC");

/** Reads a time from a query parameter; what is finer than a millisecond is cut off. */
export const queryTimeSchema: z.ZodType<Date, string> = timeSchema.transform(
  (time) => new Date(time),
);

/** A part of a log, as query parameters. */
export interface TimeSpanQuery {
  /** Only what was recorded at this time or later, RFC 3339. */
  readonly from?: Date;
  /** Only what was recorded before this time, RFC 3339. */
  readonly until?: Date;
}

/** The properties of {@link TimeSpanQuery}. */
export const timeSpanShape: {
  readonly from: z.ZodExactOptional<z.ZodType<Date, string>>;
  readonly until: z.ZodExactOptional<z.ZodType<Date, string>>;
} = {
  from: queryTimeSchema.exactOptional(),
  until: queryTimeSchema.exactOptional(),
};
