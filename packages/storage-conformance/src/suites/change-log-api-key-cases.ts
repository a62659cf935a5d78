import { expect } from "vitest";
import { expectStorageError } from "../assertions/expect-refusal.js";
import { apiKeyRecord, createKey, revokeKey } from "../samples/sample-api-keys.js";
import { createWorkspace, deleteWorkspace, morning, noon } from "../samples/sample-changes.js";
import { administrator, theService } from "../samples/sample-origins.js";
import type { CaseTable } from "../storage-case.js";

const page = { limit: 200 } as const;

/** What `ChangeLog` promises of API keys. */
export const changeLogApiKeyCases: CaseTable = {
  "creating a key that is bound to a workspace is recorded there, at its revision": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme");
    const key = apiKeyRecord("ci", { workspaceId: "acme", expiresAt: noon });
    await storage.apiKeys.create(key, administrator("request-7"));
    const { items } = await storage.changeLog.list("acme", { ...page, kind: "api_key" });
    expect(items).toMatchObject([
      {
        workspaceId: "acme",
        revision: 1,
        at: morning,
        ...administrator("request-7"),
        kind: "api_key",
        key: "ci",
        operation: "create",
        after: { name: key.name, scopes: key.scopes },
      },
    ]);
    expect(items[0]).not.toHaveProperty("before");
  },
  "revoking a key is recorded as a replacement, at the time of its revocation": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme");
    await createKey(storage, apiKeyRecord("ci", { workspaceId: "acme" }));
    await storage.apiKeys.revoke("ci", noon, theService());
    const { items } = await storage.changeLog.list("acme", page);
    expect(items[0]).toMatchObject({
      workspaceId: "acme",
      revision: 1,
      at: noon,
      ...theService(),
      kind: "api_key",
      key: "ci",
      operation: "replace",
    });
    expect(items[0]).not.toHaveProperty("requestId");
    expect(items[0]?.before).not.toHaveProperty("revokedAt");
    expect(items[0]?.after).toHaveProperty("revokedAt");
    expect(items).toHaveLength(3);
  },
  "nothing is recorded when a key was revoked already, or could not be written": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme");
    await createKey(storage, apiKeyRecord("ci", { workspaceId: "acme" }));
    await revokeKey(storage, "ci", morning);
    const before = await storage.changeLog.list("acme", page);
    await revokeKey(storage, "ci", noon);
    const again = createKey(storage, apiKeyRecord("ci", { workspaceId: "acme" }));
    await expectStorageError(again, "ALREADY_EXISTS");
    await expectStorageError(revokeKey(storage, "absent", noon), "NOT_FOUND");
    await createKey(storage, apiKeyRecord("other", { workspaceId: "globex" })).catch(() => null);
    expect(await storage.changeLog.list("acme", page)).toStrictEqual(before);
    expect((await storage.changeLog.list("globex", page)).items).toStrictEqual([]);
  },
  "a key that opens all workspaces is recorded in none": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    await createKey(storage, apiKeyRecord("root"));
    await revokeKey(storage, "root", noon);
    for (const workspaceId of ["acme", "", "*", "undefined", "null"]) {
      const changes = await storage.changeLog.list(workspaceId, { ...page, kind: "api_key" });
      expect(changes.items).toStrictEqual([]);
    }
  },
  "no record holds the hash of a secret": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    const key = apiKeyRecord("ci", { workspaceId: "acme" });
    await createKey(storage, key);
    await revokeKey(storage, "ci", noon);
    await deleteWorkspace(storage, "acme");
    const changes = await storage.changeLog.list("acme", page);
    expect(changes.items).toHaveLength(4);
    const text = JSON.stringify(changes).toLowerCase();
    expect(text).toContain("deployment");
    expect(text).not.toContain(key.secretHash);
    expect(text).not.toContain("secret");
  },
};
