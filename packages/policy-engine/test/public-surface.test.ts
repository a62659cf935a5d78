import { expect, test } from "vitest";

test("exports exactly what is documented", async () => {
  expect(Object.keys(await import("@byot/policy-engine")).toSorted()).toEqual([
    "compilePolicies",
    "conditionFunctions",
    "parsePolicy",
    "policyDocumentSchema",
    "policyNamePattern",
    "policySpecificationSchema",
  ]);
});
