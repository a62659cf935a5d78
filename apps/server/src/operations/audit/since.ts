import type { TimeSpan } from "@byot/storage";

/** A query that leaves out what was recorded before `start`, whatever it asks for. */
export function since<Query extends TimeSpan>(
  start: Date,
  query: Query,
): Query & { readonly from: Date } {
  const from = query.from === undefined || query.from < start ? start : query.from;
  return { ...query, from };
}
