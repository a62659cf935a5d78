import type { Storage } from "@byot/storage";
import { expect } from "vitest";
import { everyPage } from "../assertions/every-page.js";
import { expectTypeError } from "../assertions/expect-refusal.js";
import { changeSet, createWorkspace } from "../samples/sample-changes.js";
import { awkwardKeys } from "../samples/sample-keys.js";
import type { SampleKind } from "../samples/sample-kinds.js";
import { numbers } from "../samples/sample-log-records.js";
import { deletion } from "../samples/sample-writes.js";
import type { CaseTable } from "../storage-case.js";

/** What the lists of configured things promise, for one kind. */
export function configuredListCases(sample: SampleKind): CaseTable {
  return { ...orderCases(sample), ...pageCases(sample), ...limitCases(sample) };
}

function orderCases({ kind, storeOf, put, neededFirst }: SampleKind): CaseTable {
  return {
    "list is ordered by key, in the order of the keys' UTF-8 bytes": async ({ storage }) => {
      await createWorkspace(storage, "acme", neededFirst);
      const versions: number[] = [];
      for (const key of awkwardKeys.toReversed()) {
        versions.unshift(await storage.apply(changeSet([put(key)])));
      }
      const { items } = await storeOf(storage).list("acme", { limit: 200 });
      expect(items.map(({ version }) => version)).toStrictEqual(versions);
    },
    "list of an unknown or an empty workspace has nothing": async ({ storage }) => {
      await createWorkspace(storage, "acme", [...neededFirst, put("orders-1")]);
      await createWorkspace(storage, "initech");
      for (const workspaceId of ["globex", "initech"]) {
        const page = await storeOf(storage).list(workspaceId, { limit: 200 });
        expect(page).toStrictEqual({ items: [], nextCursor: null });
      }
    },
    "list answers the records that find answers, and nothing deleted": async ({ storage }) => {
      const version = await createWorkspace(storage, "acme", [
        ...neededFirst,
        put("orders-1"),
        put("orders-2"),
      ]);
      await storage.apply(changeSet([deletion(kind, "orders-1", version)]));
      const { items } = await storeOf(storage).list("acme", { limit: 200 });
      expect(items).toStrictEqual([await storeOf(storage).find("acme", "orders-2")]);
    },
  };
}

function pageCases(sample: SampleKind): CaseTable {
  const { storeOf, put } = sample;
  return {
    "pages follow each other without repeating or skipping anything": async ({ storage }) => {
      await createNumbered(storage, sample, numbers(1, 7));
      const all = await storeOf(storage).list("acme", { limit: 200 });
      for (const limit of [1, 2, 3, 6, 7, 8]) {
        const paged = await everyPage(limit, (page) => storeOf(storage).list("acme", page));
        expect(paged).toStrictEqual(all.items);
      }
    },
    "`nextCursor` is `null` on the last page, a full one too": async ({ storage }) => {
      await createNumbered(storage, sample, numbers(1, 4));
      const first = await storeOf(storage).list("acme", { limit: 2 });
      expect(first.nextCursor).toEqual(expect.any(String));
      const last = await storeOf(storage).list("acme", {
        limit: 2,
        cursor: first.nextCursor ?? "",
      });
      expect(last.items).toHaveLength(2);
      expect(last.nextCursor).toBeNull();
    },
    "a page starts where the one before ended, whatever was added since": async ({ storage }) => {
      await createNumbered(storage, sample, [10, 20, 30, 40]);
      const before = await storeOf(storage).list("acme", { limit: 200 });
      const first = await storeOf(storage).list("acme", { limit: 2 });

      await storage.apply(changeSet([put(numbered(15)), put(numbered(45))]));

      const cursor = first.nextCursor ?? "";
      const second = await storeOf(storage).list("acme", { limit: 2, cursor });
      expect([...first.items, ...second.items]).toStrictEqual(before.items);
      expect(second.nextCursor).not.toBeNull();
    },
    "a page starts where the one before ended, even when that thing is gone": async ({
      storage,
    }) => {
      const version = await createNumbered(storage, sample, [10, 20, 30, 40]);
      const before = await storeOf(storage).list("acme", { limit: 200 });
      const first = await storeOf(storage).list("acme", { limit: 2 });

      await storage.apply(changeSet([deletion(sample.kind, numbered(20), version)]));

      const cursor = first.nextCursor ?? "";
      const second = await storeOf(storage).list("acme", { limit: 2, cursor });
      expect(second.items).toStrictEqual(before.items.slice(2));
    },
  };
}

function limitCases(sample: SampleKind): CaseTable {
  const { storeOf } = sample;
  return {
    "three thousand things are listed once each": async ({ storage }) => {
      await createNumbered(storage, sample, numbers(1, 3000));
      const paged = await everyPage(200, (page) => storeOf(storage).list("acme", page));
      expect(paged).toHaveLength(3000);
      expect(new Set(paged.map((record) => JSON.stringify(record))).size).toBe(3000);
    },
    "a limit that is not a whole number from 1 to 200 is a `TypeError`": async ({ storage }) => {
      await createWorkspace(storage, "acme");
      for (const limit of [0, -1, 1.5, 201, Number.NaN, Number.POSITIVE_INFINITY]) {
        await expectTypeError(storeOf(storage).list("acme", { limit }));
      }
    },
  };
}

/** Makes the workspace `acme` with one thing for each number, all at one revision. */
function createNumbered(
  storage: Storage,
  { put, neededFirst }: SampleKind,
  which: readonly number[],
): Promise<number> {
  const writes = which.map((n) => put(numbered(n)));
  return createWorkspace(storage, "acme", [...neededFirst, ...writes]);
}

function numbered(n: number): string {
  return `orders-${String(n).padStart(4, "0")}`;
}
