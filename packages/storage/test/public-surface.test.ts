import { expect, test } from "vitest";

test("exports what the README lists and nothing else", async () => {
  expect(Object.keys(await import("@byot/storage")).toSorted()).toEqual([
    "StorageError",
    "compareKeys",
    "createCallGate",
    "createRevisionWatch",
    "pageOf",
    "prepareChanges",
    "recordOf",
    "rowsToRead",
    "unknownCursor",
  ]);
});
