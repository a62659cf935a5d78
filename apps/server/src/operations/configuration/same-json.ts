/** Whether two JSON values say the same, in whatever order the members of objects stand. */
export function isSameJson(one: unknown, other: unknown): boolean {
  if (!isContainer(one) || !isContainer(other)) {
    return one === other;
  }
  const members = Object.entries(one);
  return (
    Array.isArray(one) === Array.isArray(other) &&
    members.length === Object.keys(other).length &&
    members.every(
      ([name, member]) =>
        Object.hasOwn(other, name) && isSameJson(member, Reflect.get(other, name)),
    )
  );
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
