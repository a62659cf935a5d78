import type { Storage } from "@byot/storage";
import { expect } from "vitest";
import { listen } from "../assertions/listen.js";
import { expectStorageError } from "../assertions/expect-refusal.js";
import { apiKeyRecord, createKey, revokeKey } from "../samples/sample-api-keys.js";
import { changeSet, createWorkspace, noon } from "../samples/sample-changes.js";
import { numbers } from "../samples/sample-log-records.js";
import { deletion, resourcePut } from "../samples/sample-writes.js";
import { casesOf, type CaseTable, type StorageCase } from "../storage-case.js";
import { twoLogsCases } from "./two-logs-cases.js";

const configurationCases: CaseTable = {
  "each sees what the other one has written": async ({ storage, openSecond }) => {
    const other = await openSecond();
    await createWorkspace(storage, "acme");
    expect(await other.revision("acme")).toBe(1);
    await other.apply(changeSet([resourcePut("orders")]));
    expect(await storage.readConfiguration("acme")).toStrictEqual(
      await other.readConfiguration("acme"),
    );
    expect(await storage.resources.find("acme", "orders")).toMatchObject({ version: 2 });
    await storage.apply(changeSet([deletion("resource", "orders", 2)]));
    expect(await other.resources.find("acme", "orders")).toBeUndefined();
  },
  "of replacements of one version, by either, exactly one wins": async ({
    storage,
    openSecond,
  }) => {
    const other = await openSecond();
    await createWorkspace(storage, "acme", [resourcePut("orders")]);
    const outcomes = await Promise.allSettled(
      numbers(1, 8).map((n) =>
        (n % 2 === 0 ? storage : other).apply(changeSet([resourcePut("orders", 1, `writer ${n}`)])),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(outcomes.flatMap(codesOf)).toStrictEqual(
      Array.from({ length: 7 }, () => "VERSION_CONFLICT"),
    );
    expect(await other.revision("acme")).toBe(2);
  },
  "changes of both are recorded once each, in the order of their revisions": async ({
    storage,
    openSecond,
  }) => {
    const other = await openSecond();
    await createWorkspace(storage, "acme");
    await Promise.all(
      numbers(1, 10).map((n) =>
        (n % 2 === 0 ? storage : other).apply(changeSet([resourcePut(`orders-${n}`)])),
      ),
    );
    const { items } = await other.changeLog.list("acme", { limit: 200 });
    expect(items.map(({ revision }) => revision)).toStrictEqual(numbers(1, 11).toReversed());
    expect(await storage.changeLog.list("acme", { limit: 200 })).toMatchObject({ items });
  },
  "a key made by one is found and revoked by the other": async ({ storage, openSecond }) => {
    const other = await openSecond();
    await createKey(storage, apiKeyRecord("ci"));
    await expectStorageError(createKey(other, apiKeyRecord("ci")), "ALREADY_EXISTS");
    await revokeKey(other, "ci", noon);
    expect(await storage.apiKeys.find("ci")).toMatchObject({ revokedAt: noon });
  },
  "both get the same secret, also when they ask at the same time": async ({
    storage,
    openSecond,
  }) => {
    const other = await openSecond();
    for (const name of ["pseudonyms", "sessions", "cursors"]) {
      const answers = await Promise.all([
        storage.secrets.findOrCreate(name, "of one"),
        other.secrets.findOrCreate(name, "of the other"),
      ]);
      expect(new Set(answers).size).toBe(1);
      expect(await other.secrets.findOrCreate(name, "late")).toBe(answers[0]);
    }
  },
  "closing one leaves the other one open": async ({ storage, openSecond }) => {
    const other = await openSecond();
    await createWorkspace(storage, "acme");
    expect(await other.revision("acme")).toBe(1);
    await other.close();
    expect(await storage.isReady()).toBe(true);
    expect(await storage.apply(changeSet([resourcePut("orders")]))).toBe(2);
  },
};

const revisionCases: CaseTable = {
  "listeners of each are told of the other one's changes": async ({ storage, openSecond }) => {
    const other = await openSecond();
    const one = listen(storage);
    const another = listen(other);
    await createWorkspace(storage, "acme");
    await Promise.all([one.hears(1), another.hears(1)]);
    await other.apply(changeSet([resourcePut("orders")]));
    await Promise.all([one.hears(2), another.hears(2)]);
    const told = [1, 2].map((revision) => ({ workspaceId: "acme", revision }));
    expect(one.heard).toStrictEqual(told);
    expect(another.heard).toStrictEqual(told);
    await expectConfirmed(storage);
    await expectConfirmed(other);
  },
  "listeners of each are told that the other one has deleted a workspace": async ({
    storage,
    openSecond,
  }) => {
    const other = await openSecond();
    const { heard, hears } = listen(other);
    await createWorkspace(storage, "acme");
    await hears(1);
    await storage.apply(changeSet([deletion("workspace", "acme", 1)]));
    await hears(2);
    expect(heard.at(-1)).toStrictEqual({ workspaceId: "acme", revision: 2 });
  },
};

async function expectConfirmed(storage: Storage): Promise<void> {
  expect(await storage.isReady()).toBe(true);
  expect(storage.millisSinceConfirmed()).toBeGreaterThanOrEqual(0);
  expect(storage.millisSinceConfirmed()).toBeLessThan(Number.POSITIVE_INFINITY);
}

function codesOf(outcome: PromiseSettledResult<unknown>): readonly unknown[] {
  return outcome.status === "rejected" ? [Reflect.get(Object(outcome.reason), "code")] : [];
}

const suite = "Two storages on one database";

/** What holds when two storages are open on one database; an adapter that cannot is not asked. */
export const twoStoragesCases: readonly StorageCase[] = [
  ...casesOf(suite, { ...configurationCases, ...twoLogsCases }, ["openSecond"]),
  ...casesOf(suite, revisionCases, ["openSecond", "sharedRevisions"]),
];
