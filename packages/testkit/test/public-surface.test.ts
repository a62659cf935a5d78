import { expect, test } from "vitest";

test("the package exports these values and no others", async () => {
  expect(Object.keys(await import("@byot/testkit")).toSorted()).toEqual([
    "createSettableClock",
    "createSigner",
    "forgeToken",
    "freePort",
    "makeTemporaryFolder",
    "requestJson",
    "startOidcProvider",
    "startPostgres",
    "startServerProcess",
  ]);
});
