import type { Storage } from "@byot/storage";
import { expect } from "vitest";
import { everyPage } from "../assertions/every-page.js";
import { expectStorageError, expectTypeError } from "../assertions/expect-refusal.js";
import { overwrite } from "../assertions/overwrite.js";
import {
  changeSet,
  createWorkspace,
  deleteWorkspace,
  morning,
  noon,
} from "../samples/sample-changes.js";
import { policyInput } from "../samples/sample-inputs.js";
import { numbers } from "../samples/sample-log-records.js";
import { deletion, policyPut } from "../samples/sample-writes.js";
import { casesOf, type CaseTable, type StorageCase } from "../storage-case.js";

const findVersionCases: CaseTable = {
  "findVersion resolves to `undefined` when that version was never written": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme");
    const version = await putPolicy(storage, null, "first");
    for (const never of [version - 1, version + 1, 0, -1, version + 0.5, Number.NaN]) {
      expect(await storage.policies.findVersion("acme", "premium", never)).toBeUndefined();
    }
    expect(await storage.policies.findVersion("acme", "Premium", version)).toBeUndefined();
    expect(await storage.policies.findVersion("globex", "premium", version)).toBeUndefined();
    expect(await storage.policies.findVersion("acme", "__proto__", version)).toBeUndefined();
  },
  "a version is never changed; a write makes the next one, and that one is active": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme");
    const first = await putPolicy(storage, null, "first");
    const firstRecord = await storage.policies.find("acme", "premium");

    const second = await putPolicy(storage, first, "second");

    expect(await storage.policies.findVersion("acme", "premium", first)).toStrictEqual(firstRecord);
    const active = await storage.policies.find("acme", "premium");
    expect(active).toStrictEqual({
      ...policyInput("premium", "second"),
      workspaceId: "acme",
      version: second,
      createdAt: morning,
      updatedAt: noon,
    });
    expect(await storage.policies.findVersion("acme", "premium", second)).toStrictEqual(active);
  },
  "find and list answer active versions only": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    const version = await putPolicy(storage, await putPolicy(storage, null, "first"), "second");
    expect(await storage.policies.find("acme", "premium")).toMatchObject({ version });
    const { items } = await storage.policies.list("acme", { limit: 200 });
    expect(items).toStrictEqual([await storage.policies.find("acme", "premium")]);
  },
  "versions outlive the policy's deletion, and its workspace's": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    const first = await putPolicy(storage, null, "first");
    const record = await storage.policies.find("acme", "premium");

    await deletePolicy(storage, first);
    expect(await storage.policies.find("acme", "premium")).toBeUndefined();
    expect(await storage.policies.findVersion("acme", "premium", first)).toStrictEqual(record);

    await deleteWorkspace(storage, "acme");
    expect(await storage.policies.findVersion("acme", "premium", first)).toStrictEqual(record);
  },
  "a version that comes out is a copy": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    const version = await putPolicy(storage, null, "first");
    const before = await storage.policies.findVersion("acme", "premium", version);
    overwrite(await storage.policies.findVersion("acme", "premium", version));
    overwrite(await storage.policies.listVersions("acme", "premium", { limit: 200 }));
    expect(before).toMatchObject(policyInput("premium", "first"));
    expect(await storage.policies.findVersion("acme", "premium", version)).toStrictEqual(before);
    const { items } = await storage.policies.listVersions("acme", "premium", { limit: 200 });
    expect(items).toStrictEqual([before]);
  },
};

const listVersionsCases: CaseTable = {
  "listVersions has every version ever written under that name, newest first": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme");
    const first = await putPolicy(storage, null, "first");
    const second = await putPolicy(storage, first, "second");
    await deletePolicy(storage, second);
    const third = await putPolicy(storage, null, "third");
    const { items } = await storage.policies.listVersions("acme", "premium", { limit: 200 });
    expect(items.map(({ version }) => version)).toStrictEqual([third, second, first]);
    expect(items).toMatchObject(
      ["third", "second", "first"].map((text) => policyInput("premium", text)),
    );
  },
  "listVersions of an unknown name or workspace has nothing": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    await createWorkspace(storage, "globex");
    await putPolicy(storage, null, "first");
    for (const [workspaceId, name] of [
      ["acme", "Premium"],
      ["acme", "constructor"],
      ["globex", "premium"],
      ["initech", "premium"],
    ] as const) {
      const page = await storage.policies.listVersions(workspaceId, name, { limit: 200 });
      expect(page).toStrictEqual({ items: [], nextCursor: null });
    }
  },
  "pages of versions stay where they are while versions are written": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    let version = await putPolicy(storage, null, "1");
    for (const n of numbers(2, 7)) {
      version = await putPolicy(storage, version, String(n));
    }
    const all = await storage.policies.listVersions("acme", "premium", { limit: 200 });
    const paged = await everyPage(2, async (page) => {
      const answer = await storage.policies.listVersions("acme", "premium", page);
      version = await putPolicy(storage, version, "later");
      return answer;
    });
    expect(paged).toStrictEqual(all.items);
  },
  "a cursor of versions that no page gave is refused with `NOT_FOUND`": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    await putPolicy(storage, null, "first");
    for (const cursor of ["premium", "-1", "999", "1e400", "0x"]) {
      const page = { limit: 2, cursor };
      await expectStorageError(storage.policies.listVersions("acme", "premium", page), "NOT_FOUND");
    }
  },
  "a limit of versions that is not a whole number from 1 to 200 is a `TypeError`": async ({
    storage,
  }) => {
    for (const limit of [0, 201, 1.5, Number.NaN]) {
      await expectTypeError(storage.policies.listVersions("acme", "premium", { limit }));
    }
  },
};

function putPolicy(
  storage: Storage,
  expectedVersion: number | null,
  text: string,
): Promise<number> {
  const at = expectedVersion === null ? morning : noon;
  return storage.apply(changeSet([policyPut("premium", expectedVersion, text)], { at }));
}

function deletePolicy(storage: Storage, expectedVersion: number): Promise<number> {
  return storage.apply(changeSet([deletion("policy", "premium", expectedVersion)]));
}

/** What `PolicyStore` promises beyond the other stores of configured things. */
export const policyVersionCases: readonly StorageCase[] = casesOf("PolicyStore", {
  ...findVersionCases,
  ...listVersionsCases,
});
