import { expect, test } from "vitest";

test("the package exports these values and no others", async () => {
  expect(Object.keys(await import("@byot/local-idp")).toSorted()).toEqual([
    "createLocalIdp",
    "demoPeople",
    "exportSigningKey",
    "generateSigningKey",
    "importSigningKey",
  ]);
});
