import { z } from "zod";
import type { oas31, ZodOpenApiOperationObject } from "zod-openapi";
import { textsOf } from "./apply-descriptions.js";
import { describeResponses } from "./describe-responses.js";
import { type headerParameters, tags } from "./document-parts.js";
import type { RouteExample } from "./examples/route-example.js";
import type { AnyRoute, NamedRoute, RouteGroup } from "./named-routes.js";

// Where the comments on a group's routes are.
const interfaces: Readonly<Record<RouteGroup, string>> = {
  decisions: "DecisionRoutes",
  authzen: "AuthzenRoutes",
  workspaces: "CollectionRoutes",
  providers: "ProviderRoutes",
  presets: "Routes",
  policies: "PolicyRoutes",
  resources: "CollectionRoutes",
  permissions: "CollectionRoutes",
  configuration: "ConfigurationRoutes",
  apiKeys: "Routes",
  audit: "AuditRoutes",
  session: "SessionRoutes",
};

const accessSentences: Readonly<Partial<Record<string, string>>> = {
  token:
    "The user's token is the credential; an API key is needed only where the workspace or the request asks for it.",
  any_key: "Needs any good API key.",
  anyone: "Needs no API key.",
};

function describe({ group, name, route }: NamedRoute): string {
  const texts = textsOf(interfaces[group]);
  const text = texts[name] ?? texts[`${group}.${name}`];
  const access = accessSentences[route.access] ?? `Needs an API key with \`${route.access}\`.`;
  return [...(text === undefined ? [] : [text]), access].join(" ");
}

function security({ access }: AnyRoute): oas31.SecurityRequirementObject[] {
  const scopes = access.includes(":") ? [access] : [];
  const keys = [{ apiKey: scopes }, { session: scopes }];
  const others: Readonly<Partial<Record<string, oas31.SecurityRequirementObject[]>>> = {
    anyone: [],
    token: [{}, ...keys],
  };
  return others[access] ?? keys;
}

function parametersIn(schema: z.ZodType): z.ZodObject {
  if (!(schema instanceof z.ZodObject)) {
    throw new TypeError("the parameters of a route must be an object");
  }
  return schema;
}

function headerNames({ group, route }: NamedRoute): readonly (keyof typeof headerParameters)[] {
  return [
    "RequestId",
    ...(route.requiresVersion ? (["IfMatch"] as const) : []),
    ...(group === "authzen" && route.bodyLimitBytes > 0 ? (["SubjectToken"] as const) : []),
  ];
}

function requestBody(
  { body, bodyLimitBytes }: AnyRoute,
  example: unknown,
): Pick<ZodOpenApiOperationObject, "requestBody"> {
  if (bodyLimitBytes === 0) {
    return {};
  }
  const kibibytes = bodyLimitBytes / 1024;
  const size = kibibytes < 1024 ? `${kibibytes} KiB` : `${kibibytes / 1024} MiB`;
  const content = { "application/json": { schema: body, example } };
  return { requestBody: { required: true, description: `At most ${size}.`, content } };
}

/** What a route is called in the document: `policiesCreate`. */
export function operationId({ group, name }: NamedRoute): string {
  return `${group}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** Describes how a route is called and what it answers. */
export function describeOperation(
  named: NamedRoute,
  example: RouteExample,
): ZodOpenApiOperationObject {
  const { group, route } = named;
  return {
    operationId: operationId(named),
    tags: [tags[group].name],
    summary: route.summary.replace(/\.$/, ""),
    description: describe(named),
    security: security(route),
    requestParams: { path: parametersIn(route.parameters), query: parametersIn(route.query) },
    parameters: headerNames(named).map((name) => ({ $ref: `#/components/parameters/${name}` })),
    ...requestBody(route, example.body),
    responses: describeResponses(named, example),
  };
}
