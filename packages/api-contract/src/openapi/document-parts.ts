import type { oas31 } from "zod-openapi";
import { sessionCookieName } from "../console-session.js";
import type { RouteGroup } from "./named-routes.js";

/** What each group of routes is called, in the order of the document. */
export const tags: Readonly<Record<RouteGroup, oas31.TagObject>> = {
  decisions: {
    name: "Decisions",
    description: "Ask whether the holder of a token may do something.",
  },
  authzen: {
    name: "AuthZEN",
    description: "The same questions in the words of the AuthZEN Authorization API 1.0.",
  },
  workspaces: { name: "Workspaces", description: "What is kept apart from everything else." },
  providers: { name: "Providers", description: "Whose tokens are accepted, and what they say." },
  presets: { name: "Presets", description: "What is particular about identity providers." },
  policies: { name: "Policies", description: "The rules." },
  resources: { name: "Resources", description: "What can be asked for." },
  permissions: { name: "Permissions", description: "Which policy decides about what." },
  configuration: {
    name: "Configuration",
    description: "Everything a workspace is configured with, as one document.",
  },
  apiKeys: { name: "API keys", description: "Who may configure and look." },
  audit: { name: "Audit", description: "What was decided, refused and changed." },
  session: { name: "Session", description: "How people sign in to the console." },
};

/** How a caller shows who it is. */
export const securitySchemes: Readonly<Record<"apiKey" | "session", oas31.SecuritySchemeObject>> = {
  apiKey: {
    type: "http",
    scheme: "bearer",
    description:
      "An API key, `Authorization: Bearer byot_…`. A user's token is no API key: it travels in the body of a check.",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: sessionCookieName,
    description: "The console's session, which stands for the API key that opened it.",
  },
};

/** Parameters in headers. */
export const headerParameters: Readonly<
  Record<"RequestId" | "IfMatch" | "SubjectToken", oas31.ParameterObject>
> = {
  RequestId: {
    name: "X-Request-Id",
    in: "header",
    description: "What the caller calls the request: 1–128 safe characters, echoed and logged.",
    schema: { type: "string", minLength: 1, maxLength: 128 },
    example: "checkout-7f3a",
  },
  IfMatch: {
    name: "If-Match",
    in: "header",
    required: true,
    description: "The `ETag` of what is to be changed, as it was read.",
    schema: { type: "string", pattern: '^"\\d{1,15}"$' },
    example: '"12"',
  },
  SubjectToken: {
    name: "X-Subject-Token",
    in: "header",
    description: "The user's token, where neither the subject nor the context carries it.",
    schema: { type: "string" },
  },
};

/** Headers of answers. */
export const answerHeaders: Readonly<
  Record<"RequestId" | "ETag" | "RetryAfter" | "SetCookie", oas31.HeaderObject>
> = {
  RequestId: {
    description: "What the request is called: what the caller said, or a new id.",
    schema: { type: "string" },
  },
  ETag: {
    description: "The version of what is answered, to be sent as `If-Match` with a change of it.",
    schema: { type: "string" },
  },
  RetryAfter: {
    description: "After how many seconds another try makes sense.",
    schema: { type: "integer", minimum: 1 },
  },
  SetCookie: {
    description: "The session, `HttpOnly; SameSite=Strict`; an empty one that has ended.",
    schema: { type: "string" },
  },
};
