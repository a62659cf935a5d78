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
import { brokenChanges } from "./broken-changes.js";
import { brokenConfigurations, brokenLives, brokenWatches } from "./broken-lives.js";
import { brokenLogTimes } from "./broken-log-times.js";
import { brokenLogs } from "./broken-logs.js";
import { brokenPolicies } from "./broken-policies.js";
import { brokenReads } from "./broken-reads.js";

const brokenPromises = [
  ...brokenReads,
  ...brokenPolicies,
  ...brokenApiKeys,
  ...brokenLogs,
  ...brokenLogTimes,
  ...brokenChanges,
  ...brokenConfigurations,
  ...brokenWatches,
  ...brokenLives,
];

const lastingCases = storageCases.filter(({ needs }) => needs === "reopen");
const otherCases = storageCases.filter(({ needs }) => needs !== "reopen");

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

  test("has no promise that no broken storage breaks", () => {
    const caught = new Set(brokenPromises.map(({ caughtBy }) => caughtBy));
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
      run: () => Promise.reject(new RangeError("no")),
    };
    await expect(runStorageCase(failing, { open: async () => storage })).rejects.toThrow("no");
    expect(await storage.isReady()).toBe(false);
  });

  test("refuses a case that needs more than the harness offers", async () => {
    const lasting: StorageCase = {
      suite: "any",
      title: "reopens",
      needs: "reopen",
      run: async ({ reopen }) => void (await reopen()),
    };
    await expect(runStorageCase(lasting, { open })).rejects.toThrow(
      "`reopens` needs a harness with `reopen`",
    );
  });
});
