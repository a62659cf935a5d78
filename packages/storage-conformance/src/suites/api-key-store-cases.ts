import { expect } from "vitest";
import { everyPage } from "../assertions/every-page.js";
import { expectStorageError, expectTypeError } from "../assertions/expect-refusal.js";
import { overwrite } from "../assertions/overwrite.js";
import { apiKeyRecord, createKey, revokeKey } from "../samples/sample-api-keys.js";
import { createWorkspace, deleteWorkspace, morning, noon } from "../samples/sample-changes.js";
import { awkwardKeys, awkwardText } from "../samples/sample-keys.js";
import { casesOf, type CaseTable, type StorageCase } from "../storage-case.js";

const findCases: CaseTable = {
  "find resolves to `undefined` when there is no key of that id": async ({ storage }) => {
    await createKey(storage, apiKeyRecord("ci"));
    for (const id of ["CI", "ci ", "", "__proto__", "constructor"]) {
      expect(await storage.apiKeys.find(id)).toBeUndefined();
    }
  },
  "find answers what was created; what was absent stays absent": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    const plain = apiKeyRecord("plain", { name: awkwardText, scopes: [] });
    const full = apiKeyRecord("full", { workspaceId: "acme", expiresAt: noon, revokedAt: morning });
    await createKey(storage, plain);
    await createKey(storage, full);
    expect(await storage.apiKeys.find("plain")).toStrictEqual(plain);
    expect(await storage.apiKeys.find("full")).toStrictEqual(full);
  },
  "records are copies, on their way in and on their way out": async ({ storage }) => {
    const record = apiKeyRecord("ci", { createdAt: new Date(morning) });
    await createKey(storage, record);
    overwrite(record);
    overwrite(await storage.apiKeys.find("ci"));
    overwrite(await storage.apiKeys.list(undefined, { limit: 200 }));
    expect(await storage.apiKeys.find("ci")).toStrictEqual(apiKeyRecord("ci"));
    const { items } = await storage.apiKeys.list(undefined, { limit: 200 });
    expect(items).toStrictEqual([apiKeyRecord("ci")]);
  },
};

const listCases: CaseTable = {
  "list has all keys ordered by id when `workspaceId` is `undefined`": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    for (const [index, id] of awkwardKeys.toReversed().entries()) {
      const ofAcme = index % 2 === 0 ? { workspaceId: "acme" } : {};
      await createKey(storage, apiKeyRecord(id, ofAcme));
    }
    const { items } = await storage.apiKeys.list(undefined, { limit: 200 });
    expect(items.map(({ id }) => id)).toStrictEqual(awkwardKeys);
    const paged = await everyPage(4, (page) => storage.apiKeys.list(undefined, page));
    expect(paged).toStrictEqual(items);
  },
  "list of a workspace has its keys only, ordered by id": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    await createWorkspace(storage, "globex");
    await createKey(storage, apiKeyRecord("of-all"));
    for (const id of ["c", "a", "b"]) {
      await createKey(storage, apiKeyRecord(`acme-${id}`, { workspaceId: "acme" }));
      await createKey(storage, apiKeyRecord(`globex-${id}`, { workspaceId: "globex" }));
    }
    const paged = await everyPage(2, (page) => storage.apiKeys.list("acme", page));
    expect(paged.map(({ id }) => id)).toStrictEqual(["acme-a", "acme-b", "acme-c"]);
    expect(await storage.apiKeys.list("initech", { limit: 200 })).toStrictEqual({
      items: [],
      nextCursor: null,
    });
  },
  "a limit that is not a whole number from 1 to 200 is a `TypeError`": async ({ storage }) => {
    for (const limit of [0, 201, 1.5, Number.NaN]) {
      await expectTypeError(storage.apiKeys.list(undefined, { limit }));
    }
  },
};

const writeCases: CaseTable = {
  "create rejects with `ALREADY_EXISTS` when the id is taken, by any workspace": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme");
    await createWorkspace(storage, "globex");
    const first = apiKeyRecord("ci", { workspaceId: "acme" });
    await createKey(storage, first);
    const second = apiKeyRecord("ci", { workspaceId: "globex", name: "Another" });
    await expectStorageError(createKey(storage, second), "ALREADY_EXISTS");
    expect(await storage.apiKeys.find("ci")).toStrictEqual(first);
  },
  "create rejects with `NOT_FOUND` when the workspace it is bound to does not exist, or was deleted":
    async ({ storage }) => {
      await createWorkspace(storage, "acme");
      await createWorkspace(storage, "globex");
      await deleteWorkspace(storage, "globex");
      for (const workspaceId of ["globex", "initech", "Acme", "acme ", "", "__proto__"]) {
        const refused = createKey(storage, apiKeyRecord("ci", { workspaceId }));
        await expectStorageError(refused, "NOT_FOUND");
      }
      expect(await storage.apiKeys.find("ci")).toBeUndefined();
      await createWorkspace(storage, "globex");
      const ofGlobex = apiKeyRecord("ci", { workspaceId: "globex" });
      await createKey(storage, ofGlobex);
      expect(await storage.apiKeys.find("ci")).toStrictEqual(ofGlobex);
    },
  "of concurrent creations under one id exactly one wins": async ({ storage }) => {
    const attempts = ["a", "b", "c", "d", "e"].map((name) =>
      createKey(storage, apiKeyRecord("ci", { name })),
    );
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  },
  "revoke marks a key, which is still found and listed": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    await createKey(storage, apiKeyRecord("ci", { workspaceId: "acme" }));
    await createKey(storage, apiKeyRecord("other", { workspaceId: "acme" }));
    await revokeKey(storage, "ci", noon);
    const revoked = apiKeyRecord("ci", { workspaceId: "acme", revokedAt: noon });
    expect(await storage.apiKeys.find("ci")).toStrictEqual(revoked);
    const { items } = await storage.apiKeys.list("acme", { limit: 200 });
    expect(items).toStrictEqual([revoked, apiKeyRecord("other", { workspaceId: "acme" })]);
  },
  "a key that is already revoked keeps its first time": async ({ storage }) => {
    await createKey(storage, apiKeyRecord("ci"));
    await revokeKey(storage, "ci", morning);
    await revokeKey(storage, "ci", noon);
    expect(await storage.apiKeys.find("ci")).toMatchObject({ revokedAt: morning });
  },
  "revoke rejects with `NOT_FOUND` when there is no key of that id": async ({ storage }) => {
    await createKey(storage, apiKeyRecord("ci"));
    await expectStorageError(revokeKey(storage, "CI", noon), "NOT_FOUND");
    expect(await storage.apiKeys.find("ci")).toStrictEqual(apiKeyRecord("ci"));
  },
  "writing a key raises no revision": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    await createKey(storage, apiKeyRecord("ci", { workspaceId: "acme" }));
    await revokeKey(storage, "ci", noon);
    expect(await storage.revision("acme")).toBe(1);
  },
  "deleting a workspace deletes its keys, and no others": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    await createWorkspace(storage, "globex");
    await createKey(storage, apiKeyRecord("of-acme", { workspaceId: "acme" }));
    await createKey(storage, apiKeyRecord("of-all"));
    await createKey(storage, apiKeyRecord("of-globex", { workspaceId: "globex" }));
    await deleteWorkspace(storage, "acme");
    const { items } = await storage.apiKeys.list(undefined, { limit: 200 });
    expect(items.map(({ id }) => id)).toStrictEqual(["of-all", "of-globex"]);
  },
};

/** What `ApiKeyStore` promises. */
export const apiKeyStoreCases: readonly StorageCase[] = casesOf("ApiKeyStore", {
  ...findCases,
  ...listCases,
  ...writeCases,
});
