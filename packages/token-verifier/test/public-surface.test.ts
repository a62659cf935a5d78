import { expect, test } from "vitest";

test("exports these values and no others", async () => {
  expect(Object.keys(await import("@byot/token-verifier")).toSorted()).toEqual([
    "createFetchFetcher",
    "createKeySources",
    "createTokenVerifier",
    "createWorkspaceTrust",
    "defaultLimits",
    "keyFailureCodes",
    "probeTrustedIssuer",
    "readUnverified",
    "signatureAlgorithms",
    "tokenRefusalCodes",
    "trustedIssuerProblemCodes",
    "validateTrustedIssuer",
  ]);
});
