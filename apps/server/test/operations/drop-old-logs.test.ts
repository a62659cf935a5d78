import { defaultWorkspaceSettings, type Storage, StorageError } from "@byot/storage";
import { openMemoryStorage } from "@byot/storage-memory";
import { expect, test } from "vitest";
import { dropOldLogs, type DropOldLogsParts } from "../../src/operations/drop-old-logs.js";
import { decisionAt, refusalAt } from "../support/log-records.js";
import { origin } from "../support/service.js";

const now = new Date("2026-06-01T00:00:00.000Z");
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);

async function makeWorkspace(
  storage: Storage,
  id: string,
  { retentionDays, days = 400 }: { readonly retentionDays: number; readonly days?: number },
): Promise<void> {
  const settings = { ...defaultWorkspaceSettings, retentionDays };
  const value = { id, name: id, settings };
  const writes = [{ operation: "put", kind: "workspace", value, expectedVersion: null }] as const;
  await storage.apply({ ...origin, workspaceId: id, at: daysAgo(days), writes });
}

async function deleteWorkspace(storage: Storage, id: string, days: number): Promise<void> {
  const expectedVersion = (await storage.workspaces.find(id))?.version ?? 0;
  const writes = [{ operation: "delete", kind: "workspace", key: id, expectedVersion }] as const;
  await storage.apply({ ...origin, workspaceId: id, at: daysAgo(days), writes });
}

async function recordDaysAgo(storage: Storage, id: string, days: readonly number[]): Promise<void> {
  for (const each of days) {
    await storage.decisionLog.append([decisionAt(id, daysAgo(each))]);
    await storage.decisionLog.appendRefusals([refusalAt(id, daysAgo(each))]);
  }
}

async function timesIn({ decisionLog }: Storage, id: string): Promise<readonly Date[]> {
  const decisions = await decisionLog.list(id, { limit: 200 });
  const refusals = await decisionLog.listRefusals(id, { limit: 200 });
  return [...decisions.items, ...refusals.items].map(({ at }) => at);
}

function partsOn(storage: Storage, changes: Partial<DropOldLogsParts> = {}): DropOldLogsParts {
  return {
    storage,
    clock: () => now,
    isStopped: () => false,
    onDropped: () => undefined,
    onFailed: () => undefined,
    ...changes,
  };
}

test("drops what each workspace does not want to keep any longer", async () => {
  const storage = openMemoryStorage();
  await makeWorkspace(storage, "acme", { retentionDays: 7 });
  await makeWorkspace(storage, "beta", { retentionDays: 30 });
  await recordDaysAgo(storage, "acme", [8, 6]);
  await recordDaysAgo(storage, "beta", [31, 29]);
  const dropped: unknown[] = [];

  await dropOldLogs(partsOn(storage, { onDropped: (id, count) => dropped.push([id, count]) }));

  expect(await timesIn(storage, "acme")).toEqual([daysAgo(6), daysAgo(6)]);
  expect(await timesIn(storage, "beta")).toEqual([daysAgo(29), daysAgo(29)]);
  const count = { segments: 1, decisions: 1, refusals: 1 };
  expect(dropped).toEqual([
    ["acme", count],
    ["beta", count],
  ]);
  expect(await storage.decisionLog.verify("acme")).toMatchObject({ intact: true });
});

test("keeps the logs of a workspace that is gone for 90 days", async () => {
  const storage = openMemoryStorage();
  await recordDaysAgo(storage, "gone", [91, 89]);

  await dropOldLogs(partsOn(storage));

  expect(await timesIn(storage, "gone")).toEqual([daysAgo(89), daysAgo(89)]);
});

test("keeps the logs of a deleted workspace as long as it wanted", async () => {
  const storage = openMemoryStorage();
  await makeWorkspace(storage, "acme", { retentionDays: 365 });
  await deleteWorkspace(storage, "acme", 10);
  await recordDaysAgo(storage, "acme", [366, 364]);

  await dropOldLogs(partsOn(storage));

  expect(await timesIn(storage, "acme")).toEqual([daysAgo(364), daysAgo(364)]);
});

test("keeps the logs of a deleted workspace for 90 days when it wanted less", async () => {
  const storage = openMemoryStorage();
  await makeWorkspace(storage, "acme", { retentionDays: 1 });
  await deleteWorkspace(storage, "acme", 10);
  await recordDaysAgo(storage, "acme", [91, 89]);

  await dropOldLogs(partsOn(storage));

  expect(await timesIn(storage, "acme")).toEqual([daysAgo(89), daysAgo(89)]);
});

test("keeps what a predecessor left as long as the longest of them wanted", async () => {
  const storage = openMemoryStorage();
  await makeWorkspace(storage, "acme", { retentionDays: 365 });
  await deleteWorkspace(storage, "acme", 30);
  await makeWorkspace(storage, "acme", { retentionDays: 1, days: 29 });
  await deleteWorkspace(storage, "acme", 28);
  await makeWorkspace(storage, "acme", { retentionDays: 1, days: 27 });
  await recordDaysAgo(storage, "acme", [366, 364, 2]);

  await dropOldLogs(partsOn(storage));

  expect(await timesIn(storage, "acme")).toEqual([2, 364, 2, 364].map((days) => daysAgo(days)));
});

test("forgets a predecessor once everything of it is too old", async () => {
  const storage = openMemoryStorage();
  await makeWorkspace(storage, "acme", { retentionDays: 100 });
  await deleteWorkspace(storage, "acme", 101);
  await makeWorkspace(storage, "acme", { retentionDays: 7, days: 99 });
  await recordDaysAgo(storage, "acme", [8, 6]);

  await dropOldLogs(partsOn(storage));

  expect(await timesIn(storage, "acme")).toEqual([daysAgo(6), daysAgo(6)]);
});

test("takes a deletion that says nothing of the time to keep for one with the default", async () => {
  const storage = openMemoryStorage();
  await makeWorkspace(storage, "acme", { retentionDays: 365 });
  await deleteWorkspace(storage, "acme", 10);
  await recordDaysAgo(storage, "acme", [91, 89]);
  const mute: DropOldLogsParts["storage"] = {
    ...storage,
    changeLog: {
      async list(id, query) {
        const page = await storage.changeLog.list(id, query);
        return { ...page, items: page.items.map(({ before: _before, ...change }) => change) };
      },
    },
  };

  await dropOldLogs(partsOn(storage, { storage: mute }));

  expect(await timesIn(storage, "acme")).toEqual([daysAgo(89), daysAgo(89)]);
});

test("reaches every workspace, however many there are", async () => {
  const storage = openMemoryStorage();
  const ids = Array.from({ length: 450 }, (_, index) => `w${String(index).padStart(3, "0")}`);
  await storage.decisionLog.append(ids.map((id) => decisionAt(id, daysAgo(100))));
  const dropped: string[] = [];

  await dropOldLogs(partsOn(storage, { onDropped: (id) => dropped.push(id) }));

  expect(dropped).toEqual(ids);
});

test("goes on with the next workspace when one fails, and tells of it", async () => {
  const storage = openMemoryStorage();
  await recordDaysAgo(storage, "acme", [100]);
  await recordDaysAgo(storage, "beta", [100]);
  const broken = new StorageError("UNAVAILABLE", "the disk is full");
  const failing: DropOldLogsParts["storage"] = {
    workspaces: storage.workspaces,
    changeLog: storage.changeLog,
    decisionLog: {
      ...storage.decisionLog,
      dropBefore: (id, before) =>
        id === "acme" ? Promise.reject(broken) : storage.decisionLog.dropBefore(id, before),
    },
  };
  const failed: unknown[] = [];

  await dropOldLogs(
    partsOn(storage, { storage: failing, onFailed: (id, error) => failed.push([id, error]) }),
  );

  expect(failed).toEqual([["acme", broken]]);
  expect(await timesIn(storage, "beta")).toEqual([]);
});

test("ends between two workspaces when it is asked to", async () => {
  const storage = openMemoryStorage();
  await recordDaysAgo(storage, "acme", [100]);
  await recordDaysAgo(storage, "beta", [100]);
  let isStopped = false;

  await dropOldLogs(
    partsOn(storage, {
      isStopped: () => isStopped,
      onDropped: () => {
        isStopped = true;
      },
    }),
  );

  expect(await timesIn(storage, "acme")).toEqual([]);
  expect(await timesIn(storage, "beta")).toHaveLength(2);
});

test("says nothing of a storage that is closed because the service ends", async () => {
  const storage = openMemoryStorage();
  await recordDaysAgo(storage, "acme", [100]);
  let isStopped = false;
  const failed: unknown[] = [];
  const closing: DropOldLogsParts["storage"] = {
    workspaces: storage.workspaces,
    changeLog: storage.changeLog,
    decisionLog: {
      ...storage.decisionLog,
      dropBefore: async () => {
        isStopped = true;
        throw new StorageError("CLOSED", "the storage was closed");
      },
    },
  };

  await dropOldLogs(
    partsOn(storage, {
      storage: closing,
      isStopped: () => isStopped,
      onFailed: (id) => failed.push(id),
    }),
  );

  expect(failed).toEqual([]);
});

test("rejects when the workspaces cannot be listed", async () => {
  const storage = openMemoryStorage();
  await storage.close();

  await expect(dropOldLogs(partsOn(storage))).rejects.toMatchObject({ code: "CLOSED" });
});
