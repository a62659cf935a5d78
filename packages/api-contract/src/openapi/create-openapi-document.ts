import { policyDocumentSchema, policySpecificationSchema } from "@byot/policy-engine";
import { createDocument, createSchema, type oas31, type ZodOpenApiPathsObject } from "zod-openapi";
import { applyDescriptions } from "./apply-descriptions.js";
import { describeParameters } from "./describe-parameters.js";
import { describeOperation } from "./describe-operation.js";
import { answerHeaders, headerParameters, securitySchemes, tags } from "./document-parts.js";
import type { RouteExample } from "./examples/route-example.js";
import { routeExamples } from "./examples/route-examples.js";
import { type NamedRoute, namedRoutes, templateOf } from "./named-routes.js";
import { openAnswers, pruneSchemas } from "./open-answers.js";
import { referTo, settleReferences } from "./reference.js";
import { schemaComponents } from "./schema-components.js";
import { overrideSchema } from "./schema-overrides.js";

/** What a document says beside the routes. */
export interface OpenApiOptions {
  /** The version of the service that answers. */
  readonly version: string;
  /** Where it answers, without a slash at the end. @defaultValue `/`, where the document is */
  readonly serverUrl?: string;
}

/** An OpenAPI 3.1 document: plain JSON. */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

const introduction = `Authorization on the JWTs that identity providers already issue: send a user's token, a resource and
an action, and get Allow or Deny with the reason.

A success is \`{ "data": … }\`; a list has \`page.nextCursor\` too. Whatever goes wrong is \`application/problem+json\`
(RFC 9457) with a stable \`code\`. A Deny is no error: its status is 200. Unknown fields in a request are refused.`;

function exampleOf({ group, name }: NamedRoute): RouteExample {
  const examples: Readonly<Record<string, RouteExample>> = { ...routeExamples[group] };
  return examples[name] ?? {};
}

function describePaths(): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const named of namedRoutes) {
    const template = templateOf(named.route);
    const operation = describeOperation(named, exampleOf(named));
    paths[template] = { ...paths[template], [named.route.method]: operation };
  }
  return paths;
}

/** The policy engine's own schemas: the structure of what `parsePolicy` reads. */
function policySchemas(): Readonly<Record<string, oas31.SchemaObject | oas31.ReferenceObject>> {
  const options = { io: "input", opts: { override: overrideSchema } } as const;
  const { schema: specification, components } = createSchema(policySpecificationSchema, options);
  const { schema: document } = createSchema(policyDocumentSchema, options);
  if ("properties" in document && document.properties !== undefined) {
    document.properties["specification"] = referTo("PolicySpecification");
  }
  return { ...components, PolicySpecification: specification, PolicyDocument: document };
}

/** Describes every route of the API, those of AuthZEN too, made from the same table and schemas as its validation. */
export function createOpenApiDocument({
  version,
  serverUrl = "/",
}: OpenApiOptions): OpenApiDocument {
  const document = createDocument(
    {
      openapi: "3.1.0",
      info: {
        title: "byot",
        version,
        description: introduction,
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      servers: [{ url: serverUrl }],
      tags: Object.values(tags),
      paths: describePaths(),
      components: {
        schemas: { ...schemaComponents, ...policySchemas() },
        parameters: headerParameters,
        headers: answerHeaders,
        securitySchemes,
      },
    },
    { override: overrideSchema },
  );
  settleReferences(document);
  applyDescriptions(document.components?.schemas ?? {});
  describeParameters(document.paths ?? {});
  pruneSchemas(document);
  openAnswers(document);
  return { ...document };
}
