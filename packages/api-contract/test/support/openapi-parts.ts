import { createOpenApiDocument } from "@byot/api-contract";
import { z } from "zod";

const reference = z.looseObject({ $ref: z.string() });
const media = z.looseObject({ schema: z.unknown(), example: z.unknown().optional() });

const parameter = z.looseObject({
  name: z.string(),
  in: z.enum(["path", "query"]),
  description: z.string(),
  required: z.boolean().optional(),
  schema: z.looseObject({}),
});

const response = z.looseObject({
  description: z.string(),
  headers: z.record(z.string(), reference),
  content: z.record(z.string(), media).optional(),
});

const operation = z.strictObject({
  operationId: z.string(),
  tags: z.array(z.string()),
  summary: z.string(),
  description: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(z.union([reference, parameter])),
  requestBody: z
    .looseObject({ description: z.string(), content: z.record(z.string(), media) })
    .optional(),
  responses: z.record(z.string(), response),
});

const schema = z.looseObject({
  description: z.string().optional(),
  properties: z
    .record(z.string(), z.looseObject({ description: z.string().optional() }))
    .optional(),
});

const documentParts = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({ schemas: z.record(z.string(), schema) }),
});

/** How a route is called and what it answers, as the document says it. */
export type Operation = z.infer<typeof operation>;

/** The document, as anybody gets it. */
export const document: Readonly<Record<string, unknown>> = createOpenApiDocument({
  version: "1.2.3",
});

const parts = documentParts.parse(document);

/** The named schemas. */
export const schemas = parts.components.schemas;

/** Every operation with its method and its path. */
export const operations: readonly (Operation & {
  readonly method: string;
  readonly path: string;
})[] = Object.entries(parts.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, each]) => ({ ...each, method, path })),
);

/** The operation of that id. */
export function operationOf(id: string): Operation {
  const found = operations.find(({ operationId }) => operationId === id);
  if (found === undefined) {
    throw new TypeError(`there is no operation ${id}`);
  }
  return found;
}

/** The codes that an operation can answer, by status. */
export function codesOf({ responses }: Operation): Readonly<Record<string, readonly string[]>> {
  const codes = z.looseObject({
    properties: z.looseObject({ code: z.object({ enum: z.array(z.string()) }) }),
  });
  const problems = Object.entries(responses).flatMap(([status, { content = {} }]) => {
    const problem = content["application/problem+json"];
    return problem === undefined
      ? []
      : [[status, codes.parse(problem.schema).properties.code.enum] as const];
  });
  return Object.fromEntries(problems);
}
