import { expect, test } from "vitest";

test("exports exactly what is documented", async () => {
  expect(Object.keys(await import("@byot/provider-presets")).toSorted()).toEqual([
    "checkIssuer",
    "derivedClaimName",
    "explainClaims",
    "findPreset",
    "prepareClaims",
    "presets",
    "recommendTrustedIssuer",
  ]);
});
