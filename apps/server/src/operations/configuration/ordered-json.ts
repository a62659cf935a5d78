// What a person looks for first in a policy; whatever is not named here follows in the order of the alphabet.
const first: readonly string[] = [
  "name",
  "rule_id",
  "description",
  "effect",
  "target",
  "rules",
  "default",
  "kty",
  "kid",
  "function",
  "attribute",
  "metadata_key",
  "value",
  "conditions",
];
const ranks: ReadonlyMap<string, number> = new Map(first.map((name, rank) => [name, rank]));

/** A JSON value with the members of every object in one order, whatever order they were written in. */
export function orderedJson(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.map(orderedJson);
  }
  return typeof value === "object" && value !== null ? orderedObject(value) : value;
}

/** An object as {@link orderedJson} orders it. */
export function orderedObject(object: object): Readonly<Record<string, unknown>> {
  const members = Object.entries(object).toSorted(([one], [other]) => compareNames(one, other));
  // SECURITY: `fromEntries` defines its properties, so that `__proto__` is one like any other.
  return Object.fromEntries(members.map(([name, member]) => [name, orderedJson(member)]));
}

function compareNames(one: string, other: string): number {
  const difference = rankOf(one) - rankOf(other);
  return difference === 0 ? (one < other ? -1 : 1) : difference;
}

function rankOf(name: string): number {
  return ranks.get(name) ?? first.length;
}
