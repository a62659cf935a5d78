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
  let members = "";
  // Every decision passes here, and is hashed on the way to its answer: no list is made of the members.
  for (const name of Object.keys(value).toSorted()) {
    const member: unknown = Reflect.get(value, name);
    if (member !== undefined) {
      members += `${members === "" ? "" : ","}${JSON.stringify(name)}:${canonicalJson(member)}`;
    }
  }
  return `{${members}}`;
}
