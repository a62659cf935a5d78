import { expect, test } from "vitest";

test("exports the application and what every answer begins with, and nothing else", async () => {
  expect(Object.keys(await import("@byot/server")).toSorted()).toEqual([
    "createApp",
    "createHttpFrame",
    "createListener",
  ]);
});
