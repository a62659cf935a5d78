import type { Storage } from "@byot/storage";
import {
  runStorageCase,
  storageCases,
  type StorageCase,
  type StorageHarness,
} from "@byot/storage-conformance";
import { openMemoryStorage } from "@byot/storage-memory";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { brokenApiKeys } from "./broken-api-keys.js";
import { brokenChains } from "./broken-chains.js";
import { brokenChangeLogs } from "./broken-change-logs.js";
import { brokenChangeQueries } from "./broken-change-queries.js";
import { brokenChanges } from "./broken-changes.js";
import { brokenErasures } from "./broken-erasures.js";
import {
  brokenConfigurations,
  brokenConfirmations,
  brokenLives,
  brokenWatches,
} from "./broken-lives.js";
import { brokenLogEntries } from "./broken-log-entries.js";
import { brokenLogFilters } from "./broken-log-filters.js";
import { brokenLogTimes } from "./broken-log-times.js";
import { brokenLogWorkspaces } from "./broken-log-workspaces.js";
import { brokenLogs } from "./broken-logs.js";
import { brokenPolicies } from "./broken-policies.js";
import { brokenReads } from "./broken-reads.js";
import { brokenRefusals } from "./broken-refusals.js";
import { brokenResourceLists } from "./broken-resource-lists.js";
import { brokenRetentions } from "./broken-retentions.js";
import { brokenSecrets } from "./broken-secrets.js";
import { brokenStatistics } from "./broken-statistics.js";
import { brokenWorkspaces } from "./broken-workspaces.js";

const brokenPromises = [
  ...brokenReads,
  ...brokenResourceLists,
  ...brokenWorkspaces,
  ...brokenPolicies,
  ...brokenApiKeys,
  ...brokenChangeLogs,
  ...brokenChangeQueries,
  ...brokenLogs,
  ...brokenLogEntries,
  ...brokenLogFilters,
  ...brokenLogTimes,
  ...brokenLogWorkspaces,
  ...brokenChains,
  ...brokenErasures,
  ...brokenRetentions,
  ...brokenStatistics,
  ...brokenSecrets,
  ...brokenRefusals,
  ...brokenChanges,
  ...brokenConfigurations,
  ...brokenWatches,
  ...brokenConfirmations,
  ...brokenLives,
];

const lastingCases = storageCases.filter(({ needs }) => needs.includes("reopen"));
const sharedCases = storageCases.filter(({ needs }) => needs.includes("openSecond"));
const otherCases = storageCases.filter(({ needs }) => needs.length === 0);

async function open(): Promise<Storage> {
  return openMemoryStorage();
}

async function notices(storageCase: StorageCase, harness: StorageHarness): Promise<boolean> {
  try {
    await runStorageCase(storageCase, harness);
    return false;
  } catch {
    return true;
  }
}

describe("the conformance suite", () => {
  // What never happens need not be waited for.
  beforeAll(() => void vi.useFakeTimers());
  afterAll(() => void vi.useRealTimers());

  for (const { does, caughtBy, breakIt } of brokenPromises) {
    test(`notices a storage that ${does} (${caughtBy})`, async () => {
      const cases = otherCases.filter(({ title }) => title === caughtBy);
      const harness = { open: async () => breakIt(openMemoryStorage()) };
      const answers = await Promise.all(cases.map((each) => notices(each, harness)));
      expect(answers).toContain(true);
    });
  }

  for (const storageCase of lastingCases) {
    test(`notices a storage that forgets everything (${storageCase.title})`, async () => {
      expect(await notices(storageCase, { open, reopen: open })).toBe(true);
    });
  }

  for (const storageCase of sharedCases) {
    test(`notices two storages that share nothing (${storageCase.title})`, async () => {
      expect(await notices(storageCase, { open, openSecond: open })).toBe(true);
    });
  }

  test("notices that one storage was opened twice", async () => {
    const harness = { open, openSecond: async (first: Storage) => first };
    const chains = sharedCases.find(({ title }) => title.endsWith("in a chain of its own"));
    const closing = sharedCases.find(({ title }) => title.startsWith("closing one"));
    for (const storageCase of [chains, closing]) {
      expect(storageCase && (await notices(storageCase, harness))).toBe(true);
    }
  });

  test("has no promise that no broken storage breaks", () => {
    const caught = new Set(brokenPromises.map(({ caughtBy }) => caughtBy));
    expect(lastingCases.length + sharedCases.length + otherCases.length).toBe(storageCases.length);
    const untested = otherCases.map(({ title }) => title).filter((title) => !caught.has(title));
    expect(untested).toStrictEqual([]);
  });
});

describe("runStorageCase", () => {
  test("closes the storage of a case that fails", async () => {
    const storage = openMemoryStorage();
    const failing = {
      suite: "any",
      title: "fails",
      needs: [],
      run: () => Promise.reject(new RangeError("no")),
    };
    await expect(runStorageCase(failing, { open: async () => storage })).rejects.toThrow("no");
    expect(await storage.isReady()).toBe(false);
  });

  test("refuses a case that needs more than the harness offers", async () => {
    const lasting: StorageCase = {
      suite: "any",
      title: "reopens",
      needs: ["reopen"],
      run: async ({ reopen }) => void (await reopen()),
    };
    await expect(runStorageCase(lasting, { open })).rejects.toThrow(
      "`reopens` cannot be run: this adapter declares no `reopen`",
    );
    await expect(
      runStorageCase(lasting, { open, lacks: { reopen: "nothing outlives the process" } }),
    ).rejects.toThrow("`reopens` cannot be run: nothing outlives the process");
  });

  test("refuses a harness that offers what it says it lacks", async () => {
    const lasting: StorageCase = {
      suite: "any",
      title: "reopens",
      needs: ["reopen"],
      run: async ({ reopen }) => void (await reopen()),
    };
    const lacks = { reopen: "nothing outlives the process" };
    await expect(runStorageCase(lasting, { open, reopen: open, lacks })).rejects.toThrow(
      "a harness offers `reopen` and says that it lacks it",
    );
  });

  test("runs a case on two storages where they hear of each other, and not where they do not", async () => {
    const hearing: StorageCase = {
      suite: "any",
      title: "hears",
      needs: ["openSecond", "sharedRevisions"],
      run: async ({ openSecond }) => void (await openSecond()),
    };
    await runStorageCase(hearing, { open, openSecond: open });
    const lacks = { sharedRevisions: "each process polls for itself" };
    await expect(runStorageCase(hearing, { open, openSecond: open, lacks })).rejects.toThrow(
      "`hears` cannot be run: each process polls for itself",
    );
  });

  test("closes every storage that a case has opened", async () => {
    const opened: Storage[] = [];
    async function openKept(): Promise<Storage> {
      const storage = openMemoryStorage();
      opened.push(storage);
      return storage;
    }
    const opening: StorageCase = {
      suite: "any",
      title: "opens",
      needs: ["openSecond"],
      async run({ openSecond }) {
        await openSecond();
        await openSecond();
        throw new RangeError("no");
      },
    };
    const run = runStorageCase(opening, { open: openKept, openSecond: openKept });
    await expect(run).rejects.toThrow("no");
    expect(await Promise.all(opened.map((storage) => storage.isReady()))).toEqual([
      false,
      false,
      false,
    ]);
  });
});
