import type { oas31, ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from "zod-openapi";
import { type ProblemCode, problemCatalogue } from "../problem-catalogue.js";
import type { answerHeaders } from "./document-parts.js";
import type { RouteExample } from "./examples/route-example.js";
import type { NamedRoute } from "./named-routes.js";
import { referTo } from "./reference.js";
import { routeProblems } from "./route-problems.js";

type HeaderName = keyof typeof answerHeaders;

const headerNames: Readonly<Record<HeaderName, string>> = {
  RequestId: "X-Request-Id",
  ETag: "ETag",
  RetryAfter: "Retry-After",
  SetCookie: "Set-Cookie",
};

function headers(names: readonly HeaderName[]): oas31.HeadersObject {
  return Object.fromEntries(
    names.map((name) => [headerNames[name], { $ref: `#/components/headers/${name}` }]),
  );
}

const versionedGroups: ReadonlySet<string> = new Set([
  "workspaces",
  "providers",
  "policies",
  "resources",
  "permissions",
  "configuration",
]);
const versionedNames: ReadonlySet<string> = new Set([
  "create",
  "read",
  "replace",
  "rollback",
  "apply",
]);

function headersOfSuccess({ group, name }: NamedRoute): oas31.HeadersObject {
  const isVersioned = versionedGroups.has(group) && versionedNames.has(name);
  const isSession = group === "session" && name !== "read";
  return headers([
    "RequestId",
    ...(isVersioned ? (["ETag"] as const) : []),
    ...(isSession ? (["SetCookie"] as const) : []),
  ]);
}

function contentOfSuccess(
  { route }: NamedRoute,
  example: unknown,
): Pick<ZodOpenApiResponseObject, "content"> {
  if (route.status === 204) {
    return {};
  }
  return route.format === "json"
    ? { content: { "application/json": { schema: route.answer, example } } }
    : { content: { "application/x-ndjson": { schema: route.line, example } } };
}

function describeSuccess({ route }: NamedRoute): string {
  if (route.format === "ndjson") {
    return "One JSON value for each line, each ended by LF. The schema is that of a line. A stream that is cut off before its end is not the whole.";
  }
  return route.status === 204 ? "Done." : "The answer.";
}

function problemResponse(status: number, codes: readonly ProblemCode[]): ZodOpenApiResponseObject {
  const kinds = codes.map((code) => ({ code, ...problemCatalogue[code] }));
  const isPassing = kinds.some(({ retryAfterSeconds }) => retryAfterSeconds !== undefined);
  const names: readonly HeaderName[] = [
    "RequestId",
    ...(isPassing ? (["RetryAfter"] as const) : []),
    ...(status === 412 ? (["ETag"] as const) : []),
  ];
  return {
    description: kinds.map(({ code, title, fix }) => `- \`${code}\`: ${title}. ${fix}`).join("\n"),
    headers: headers(names),
    content: {
      "application/problem+json": {
        schema: {
          ...referTo("Problem"),
          properties: { status: { const: status }, code: { enum: [...codes] } },
        },
      },
    },
  };
}

/** What a route answers: its success, and its problems by status with all their codes. */
export function describeResponses(
  named: NamedRoute,
  { answer }: RouteExample,
): ZodOpenApiResponsesObject {
  const codes = routeProblems(named);
  const statuses = [...new Set(codes.map((code) => problemCatalogue[code].status))];
  const problems = statuses
    .toSorted((one, other) => one - other)
    .map((status): [string, ZodOpenApiResponseObject] => [
      String(status),
      problemResponse(
        status,
        codes.filter((code) => problemCatalogue[code].status === status),
      ),
    ]);
  return {
    [named.route.status]: {
      description: describeSuccess(named),
      headers: headersOfSuccess(named),
      ...contentOfSuccess(named, answer),
    },
    ...Object.fromEntries(problems),
  };
}
