const reference = /"#\/components\/schemas\/([^"]+)"/g;

/** The names of the schemas that a part of a document refers to, directly or through others. */
export function reachableSchemas(
  part: unknown,
  schemas: Readonly<Record<string, unknown>>,
): ReadonlySet<string> {
  const names = new Set<string>();
  const pending = [part];
  while (pending.length > 0) {
    for (const [, name = ""] of JSON.stringify(pending.pop() ?? null).matchAll(reference)) {
      if (!names.has(name)) {
        names.add(name);
        pending.push(schemas[name]);
      }
    }
  }
  return names;
}
