import type { oas31 } from "zod-openapi";
import { descriptions } from "./descriptions.js";

type AnySchema = oas31.SchemaObject | oas31.ReferenceObject;
type Texts = Readonly<Record<string, string>>;

/**
 * What the comments of an interface say. Variants of a schema share them: what is answered (`…Output`) and what has
 * defaults (`New…`).
 */
export function textsOf(name: string): Texts {
  const own = name.replace(/Output$/, "");
  const known = [own, own.replace(/^New/, "")].find((each) => Object.hasOwn(descriptions, each));
  return descriptions[known ?? ""] ?? {};
}

/** Says in each named schema what the comments of its interface say, of it and of its properties. */
export function applyDescriptions(schemas: Readonly<Record<string, AnySchema>>): void {
  for (const [name, schema] of Object.entries(schemas)) {
    describeSchema(schema, textsOf(name), "");
  }
}

function describeSchema(schema: AnySchema, texts: Texts, path: string): void {
  const text = texts[path];
  if (text !== undefined && text !== "") {
    schema.description ??= text;
  }
  if ("$ref" in schema) {
    return;
  }
  describeParts(schema, texts, path);
}

// A reference may stand beside nothing but a description, and the items of a list are described with the list.
function describeParts(schema: oas31.SchemaObject, texts: Texts, path: string): void {
  const { items, properties = {} } = schema;
  if (items !== undefined && !("$ref" in items) && items.properties !== undefined) {
    describeParts(items, texts, path);
  }
  for (const [name, property] of Object.entries(properties)) {
    describeSchema(property, texts, path === "" ? name : `${path}.${name}`);
  }
}
