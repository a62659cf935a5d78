import type { oas31 } from "zod-openapi";
import { reachableSchemas } from "./reachable-schemas.js";

/**
 * Lets answers have more fields than the document knows: a client that was made from it must not break when there are
 * some. What requests are made of stays closed, and so does what a policy may say.
 */
export function openAnswers({ paths = {}, components }: oas31.OpenAPIObject): void {
  const schemas = components?.schemas ?? {};
  const operations = Object.values(paths).flatMap(({ get, post, put, delete: remove }) =>
    [get, post, put, remove].filter((each) => each !== undefined),
  );
  const requests = operations.map(({ requestBody }) => requestBody);
  const closed = reachableSchemas([requests, schemas["PolicySpecification"]], schemas);
  for (const [name, schema] of Object.entries(schemas)) {
    if (!closed.has(name) && name !== "PolicySpecification") {
      open(schema);
    }
  }
  open(operations.map(({ responses }) => responses));
}

/** Takes out the schemas that no operation refers to. */
export function pruneSchemas({ paths, components }: oas31.OpenAPIObject): void {
  const schemas = components?.schemas ?? {};
  const used = reachableSchemas(paths, schemas);
  for (const name of Object.keys(schemas)) {
    if (!used.has(name)) {
      Reflect.deleteProperty(schemas, name);
    }
  }
}

function open(part: unknown): void {
  if (typeof part !== "object" || part === null) {
    return;
  }
  if (Reflect.get(part, "additionalProperties") === false) {
    Reflect.deleteProperty(part, "additionalProperties");
  }
  Object.values(part).forEach(open);
}
