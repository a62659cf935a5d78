/** What a query parameter can be; `undefined` is left out. */
export type QueryValue = string | number | boolean | Date | undefined;

/** Query parameters by name. */
export type Query = Readonly<Record<string, QueryValue>>;

/**
 * Joins a path from its segments, each encoded.
 *
 * SECURITY: `fetch` resolves `.` and `..`, encoded or not, so that a key spelt like this would name another resource.
 *
 * @throws TypeError for such a segment, and for an empty one.
 */
export function pathOf(...segments: readonly string[]): string {
  return segments
    .map((segment) => {
      if (typeof segment !== "string" || /^\.{0,2}$/.test(segment)) {
        throw new TypeError("a key must be a text other than ``, `.` and `..`");
      }
      return `/${encodeURIComponent(segment)}`;
    })
    .join("");
}

function textOf(value: string | number | boolean | Date): string {
  return value instanceof Date ? value.toISOString() : String(value);
}

/** The query with its `?`; empty when there is none. */
export function queryText(query: Query): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(textOf(value))}`],
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}
