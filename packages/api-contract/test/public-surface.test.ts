import { expect, test } from "vitest";

test("the package exports these values and no others", async () => {
  expect(Object.keys(await import("@byot/api-contract")).toSorted()).toEqual([
    "apiKeyAnswerSchema",
    "authorizeRequestSchema",
    "contextSchema",
    "decisionSchema",
    "decisionsQuerySchema",
    "defaultWorkspaceSettings",
    "findJsonMistake",
    "isScope",
    "loggedDecisionSchema",
    "loggedRefusalSchema",
    "maximumBodyDepth",
    "maximumBuckets",
    "maximumContextDepth",
    "maximumContextKeys",
    "newApiKeyAnswerSchema",
    "newApiKeyBodySchema",
    "problemCatalogue",
    "problemSchema",
    "providerTypes",
    "reasonMessages",
    "routes",
    "scopeMeanings",
    "scopes",
  ]);
});
