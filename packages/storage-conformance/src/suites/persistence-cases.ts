import { expect } from "vitest";
import { expectStorageError } from "../assertions/expect-refusal.js";
import { apiKeyRecord } from "../samples/sample-api-keys.js";
import { changeSet, createWorkspace, deleteWorkspace, noon } from "../samples/sample-changes.js";
import { namedByPermissions } from "../samples/sample-kinds.js";
import { decisionRecord, numbers, refusalRecord } from "../samples/sample-log-records.js";
import { permissionPut, policyPut, providerPut, resourcePut } from "../samples/sample-writes.js";
import { casesOf, type CaseTable, type StorageCase } from "../storage-case.js";

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
  "reopening keeps API keys, and what was revoked": async ({ storage, reopen }) => {
    await createWorkspace(storage, "acme");
    await storage.apiKeys.create(apiKeyRecord("ci", { workspaceId: "acme", expiresAt: noon }));
    await storage.apiKeys.create(apiKeyRecord("old"));
    await storage.apiKeys.revoke("old", noon);
    const reopened = await reopen();
    expect((await reopened.apiKeys.list(undefined, { limit: 9 })).items).toStrictEqual([
      apiKeyRecord("ci", { workspaceId: "acme", expiresAt: noon }),
      apiKeyRecord("old", { revokedAt: noon }),
    ]);
  },
  "reopening keeps the decision log and its order, and goes on with it": async ({
    storage,
    reopen,
  }) => {
    await storage.decisionLog.append(numbers(1, 3).map((n) => decisionRecord(n)));
    await storage.decisionLog.appendRefusals([refusalRecord(1)]);
    const reopened = await reopen();
    await reopened.decisionLog.append([decisionRecord(4)]);
    await expectStorageError(reopened.decisionLog.append([decisionRecord(1)]), "ALREADY_EXISTS");
    const { items } = await reopened.decisionLog.list("acme", { limit: 9 });
    expect(items).toStrictEqual([4, 3, 2, 1].map((n) => decisionRecord(n)));
    const refusals = await reopened.decisionLog.listRefusals("acme", { limit: 9 });
    expect(refusals.items).toStrictEqual([refusalRecord(1)]);
  },
};

/** What a storage keeps beyond its closing; an adapter without `reopen` is not asked. */
export const persistenceCases: readonly StorageCase[] = casesOf("Storage persistence", table).map(
  (storageCase) => Object.assign(storageCase, { needs: "reopen" } as const),
);
