import { expect, test } from "vitest";

test("exports what the README lists and nothing else", async () => {
  expect(Object.keys(await import("@byot/storage")).toSorted()).toEqual([
    "StorageError",
    "apiKeyChange",
    "bucketCount",
    "compareKeys",
    "createCallGate",
    "createChainWriter",
    "createRevisionWatch",
    "defaultWorkspaceSettings",
    "durationClassBounds",
    "logCursor",
    "pageOf",
    "prepareChanges",
    "readLogCursor",
    "recordOf",
    "rowsToRead",
    "statisticsOf",
    "unknownCursor",
    "verifyChain",
  ]);
});
