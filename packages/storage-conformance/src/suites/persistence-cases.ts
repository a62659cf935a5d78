import { expect } from "vitest";
import { apiKeyRecord, createKey, revokeKey } from "../samples/sample-api-keys.js";
import { changeSet, createWorkspace, deleteWorkspace, noon } from "../samples/sample-changes.js";
import { chosenSettings, workspaceInput } from "../samples/sample-inputs.js";
import { namedByPermissions } from "../samples/sample-kinds.js";
import { permissionPut, policyPut, providerPut, resourcePut } from "../samples/sample-writes.js";
import { casesOf, type CaseTable, type StorageCase } from "../storage-case.js";
import { persistentLogCases } from "./persistent-log-cases.js";

const table: CaseTable = {
  "reopening keeps the configuration, in the order of its creation": async ({
    storage,
    reopen,
  }) => {
    await createWorkspace(storage, "acme", [
      ...namedByPermissions,
      permissionPut("p1"),
      providerPut("okta"),
      providerPut("clerk"),
    ]);
    const before = await storage.readConfiguration("acme");
    const reopened = await reopen();
    expect(await reopened.readConfiguration("acme")).toStrictEqual(before);
    expect(await reopened.apply(changeSet([policyPut("premium", 1)]))).toBe(2);
  },
  "reopening keeps the versions of policies": async ({ storage, reopen }) => {
    await createWorkspace(storage, "acme", [policyPut("premium", null, "first")]);
    await storage.apply(changeSet([policyPut("premium", 1, "second")], { at: noon }));
    const before = await storage.policies.listVersions("acme", "premium", { limit: 9 });
    const reopened = await reopen();
    expect(before.items).toHaveLength(2);
    expect(await reopened.policies.listVersions("acme", "premium", { limit: 9 })).toStrictEqual(
      before,
    );
  },
  "reopening keeps the revision, that of a deleted workspace too": async ({ storage, reopen }) => {
    await createWorkspace(storage, "acme");
    await storage.apply(changeSet([resourcePut("orders")]));
    await createWorkspace(storage, "globex");
    await deleteWorkspace(storage, "globex");
    const reopened = await reopen();
    expect(await reopened.revision("acme")).toBe(2);
    expect(await reopened.revision("globex")).toBeUndefined();
    expect(await createWorkspace(reopened, "globex")).toBe(3);
  },
  "reopening keeps the settings of a workspace": async ({ storage, reopen }) => {
    const value = { ...workspaceInput("acme"), settings: chosenSettings };
    await storage.apply(
      changeSet([{ operation: "put", kind: "workspace", value, expectedVersion: null }]),
    );
    const reopened = await reopen();
    expect(await reopened.workspaces.find("acme")).toMatchObject({ settings: chosenSettings });
  },
  "reopening keeps the secrets": async ({ storage, reopen }) => {
    await storage.secrets.findOrCreate("pseudonyms", "first");
    const reopened = await reopen();
    expect(await reopened.secrets.findOrCreate("pseudonyms", "second")).toBe("first");
  },
  "reopening keeps the changes and their order, and goes on with them": async ({
    storage,
    reopen,
  }) => {
    await createWorkspace(storage, "acme", namedByPermissions);
    await createKey(storage, apiKeyRecord("ci", { workspaceId: "acme" }));
    const before = await storage.changeLog.list("acme", { limit: 9 });
    expect(before.items).toHaveLength(4);
    const reopened = await reopen();
    expect(await reopened.changeLog.list("acme", { limit: 9 })).toStrictEqual(before);
    await reopened.apply(changeSet([providerPut("clerk")]));
    const { items } = await reopened.changeLog.list("acme", { limit: 9 });
    expect(items[0]).toMatchObject({ key: "clerk", revision: 2 });
    expect(items.slice(1)).toStrictEqual(before.items);
  },
  "reopening keeps API keys, and what was revoked": async ({ storage, reopen }) => {
    await createWorkspace(storage, "acme");
    await createKey(storage, apiKeyRecord("ci", { workspaceId: "acme", expiresAt: noon }));
    await createKey(storage, apiKeyRecord("old"));
    await revokeKey(storage, "old", noon);
    const reopened = await reopen();
    expect((await reopened.apiKeys.list(undefined, { limit: 9 })).items).toStrictEqual([
      apiKeyRecord("ci", { workspaceId: "acme", expiresAt: noon }),
      apiKeyRecord("old", { revokedAt: noon }),
    ]);
  },
};

/** What a storage keeps beyond its closing; an adapter without `reopen` is not asked. */
export const persistenceCases: readonly StorageCase[] = casesOf(
  "Storage persistence",
  { ...table, ...persistentLogCases },
  ["reopen"],
);
