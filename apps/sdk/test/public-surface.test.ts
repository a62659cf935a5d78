import { expect, test } from "vitest";

test("the package exports exactly this", async () => {
  expect(Object.keys(await import("@byot/sdk")).toSorted()).toEqual([
    "ApiKeyError",
    "ByotClient",
    "ByotError",
    "InvalidRequestError",
    "TokenRefusedError",
    "UnavailableError",
  ]);
});
