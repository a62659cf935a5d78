import { expect, test } from "vitest";

test("exports exactly what is documented", async () => {
  expect(Object.keys(await import("@byot/claim-mapper")).toSorted()).toEqual([
    "attributeTypes",
    "claimMappingSchema",
    "claimMappingsSchema",
    "compileClaimMapper",
    "lintClaimMappings",
    "mapClaims",
    "mappedAttributes",
    "policyAttributeName",
  ]);
});
