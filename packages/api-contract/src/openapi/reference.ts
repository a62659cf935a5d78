import type { oas31 } from "zod-openapi";

const components = "#/components/schemas/";
const later = "urn:byot:schema:";

/** Points to a schema by its name. */
export function referTo(name: string): oas31.ReferenceObject {
  return { $ref: `${components}${name}` };
}

// zod-openapi follows every reference among the schemas it writes, and fails for one that it has not made itself.
/** Points to a schema by its name, once {@link settleReferences} has been called. */
export function referLater(name: string): oas31.ReferenceObject {
  return { $ref: `${later}${name}` };
}

/** Makes every reference of {@link referLater} within a part of the document a real one. */
export function settleReferences(part: unknown): void {
  if (typeof part !== "object" || part === null) {
    return;
  }
  const target: unknown = Reflect.get(part, "$ref");
  if (typeof target === "string" && target.startsWith(later)) {
    Reflect.set(part, "$ref", `${components}${target.slice(later.length)}`);
  }
  Object.values(part).forEach(settleReferences);
}
