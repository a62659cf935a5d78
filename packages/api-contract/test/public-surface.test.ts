import { expect, test } from "vitest";

test("the package exports these values and no others", async () => {
  expect(Object.keys(await import("@byot/api-contract")).toSorted()).toEqual([
    "apiKeyAnswerSchema",
    "authorizeRequestSchema",
    "authzenEvaluationSchema",
    "authzenEvaluationsSchema",
    "authzenRoutes",
    "contextSchema",
    "decisionSchema",
    "decisionsQuerySchema",
    "defaultWorkspaceSettings",
    "findJsonMistake",
    "isScope",
    "loggedDecisionSchema",
    "loggedRefusalSchema",
    "maximumBatchChecks",
    "maximumBodyDepth",
    "maximumBuckets",
    "maximumContextDepth",
    "maximumContextKeys",
    "maximumEvaluations",
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
