import { storageCases } from "@byot/storage-conformance";
import { expect, test } from "vitest";

test("names every promise once in its suite", () => {
  const names = storageCases.map(({ suite, title }) => `${suite} › ${title}`);
  expect(new Set(names).size).toBe(names.length);
});

test("has cases for every port", () => {
  expect([...new Set(storageCases.map(({ suite }) => suite))]).toEqual([
    "WorkspaceStore",
    "ProviderStore",
    "PolicyStore",
    "ResourceStore",
    "PermissionStore",
    "ApiKeyStore",
    "ChangeLog",
    "DecisionLog",
    "DecisionLog chains",
    "DecisionLog.eraseSubject",
    "DecisionLog.dropBefore",
    "DecisionLog.statistics",
    "SecretStore",
    "Storage.revision",
    "Storage.apply",
    "Storage.readConfiguration",
    "Storage.watchRevisions",
    "Storage lifecycle",
    "Storage persistence",
    "Two storages on one database",
  ]);
});
