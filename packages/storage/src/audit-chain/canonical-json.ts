/**
 * One text for one JSON value, whatever the order of its members: the JSON Canonicalization Scheme (RFC 8785). Members
 * are sorted by their UTF-16 code units; those that are `undefined` are left out.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== "object" || value === null) {
    return value === undefined ? "null" : JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(canonicalJson).join(",")}]`;
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const sorted = members.toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${sorted.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(",")}}`;
}
