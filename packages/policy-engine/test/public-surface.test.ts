import { expect, test } from "vitest";

test("exports exactly what is documented", async () => {
  expect(Object.keys(await import("@byot/policy-engine")).toSorted()).toEqual([
    "attributeSchemaFrom",
    "compilePolicies",
    "conditionFunctions",
    "parsePolicy",
    "policyDocumentSchema",
    "policyJsonSchema",
    "policyNamePattern",
    "policySpecificationSchema",
    "validatePolicy",
  ]);
});
