import { expect, test } from "vitest";

const errors = [
  "AccessDeniedError",
  "ApiKeyError",
  "ByotError",
  "ConflictError",
  "InvalidRequestError",
  "TokenRefusedError",
  "UnavailableError",
];

test.each([
  ["@byot/sdk", ["ByotClient", ...errors]],
  ["@byot/sdk/check", ["CheckClient", ...errors]],
  ["@byot/sdk/express", ["decisionOf", "requireAuthorization"]],
  ["@byot/sdk/fastify", ["decisionOf", "requireAuthorization"]],
  ["@byot/sdk/hono", ["decisionOf", "requireAuthorization"]],
  ["@byot/sdk/next", ["requireAuthorization", "withAuthorization"]],
])("%s exports exactly this", async (path, names) => {
  const exported: unknown = await import(path);

  expect(Object.keys(Object(exported)).toSorted()).toEqual(names.toSorted());
});
