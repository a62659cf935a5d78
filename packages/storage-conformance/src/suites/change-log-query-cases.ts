import type { ChangeQuery, ChangeRecord, Storage } from "@byot/storage";
import { expect } from "vitest";
import { everyPage } from "../assertions/every-page.js";
import { expectStorageError, expectTypeError } from "../assertions/expect-refusal.js";
import { apiKeyRecord, createKey } from "../samples/sample-api-keys.js";
import { changeSet, createWorkspace } from "../samples/sample-changes.js";
import { numbers, recordTime } from "../samples/sample-log-records.js";
import { policyPut, resourcePut } from "../samples/sample-writes.js";
import type { CaseTable } from "../storage-case.js";

type ChangeFilter = Omit<ChangeQuery, "limit" | "cursor">;

const filterCases: CaseTable = {
  "an absent field of a query matches every change": async ({ storage }) => {
    await makeChanges(storage);
    expect(await wanted(storage, {})).toHaveLength(20);
  },
  "a query has only the kind it names": async ({ storage }) => {
    const all = await makeChanges(storage);
    for (const kind of ["workspace", "policy", "resource", "api_key"] as const) {
      const expected = all.filter((change) => change.kind === kind);
      expect(await wanted(storage, { kind })).toStrictEqual(expected);
      expect(expected).not.toHaveLength(0);
    }
    expect(await wanted(storage, { kind: "provider" })).toStrictEqual([]);
  },
  "a query has only the key it names, byte for byte": async ({ storage }) => {
    const all = await makeChanges(storage);
    const expected = all.filter(({ key }) => key === "orders");
    expect(await wanted(storage, { key: "orders" })).toStrictEqual(expected);
    expect(new Set(expected.map(({ kind }) => kind))).toStrictEqual(
      new Set(["policy", "resource"]),
    );
    for (const key of ["Orders", "orders ", "order%", "*", "", "__proto__"]) {
      expect(await wanted(storage, { key })).toStrictEqual([]);
    }
  },
  "a query has only what was changed at a time or later and before another, to the millisecond":
    async ({ storage }) => {
      const all = await makeChanges(storage);
      for (const [from, until] of [
        [3, undefined],
        [undefined, 3],
        [2, 5],
        [4, 5],
        [4, 4],
      ] as const) {
        const span = {
          ...(from === undefined ? {} : { from: recordTime(from) }),
          ...(until === undefined ? {} : { until: recordTime(until) }),
        };
        const expected = all.filter(
          ({ at }) =>
            at >= recordTime(from ?? -1000) && (until === undefined || at < recordTime(until)),
        );
        expect(await wanted(storage, span)).toStrictEqual(expected);
      }
    },
  "the fields of a query of changes apply together, page by page": async ({ storage }) => {
    const all = await makeChanges(storage);
    const filter = {
      kind: "resource",
      key: "orders",
      from: recordTime(2),
      until: recordTime(6),
    } as const;
    const paged = await everyPage(1, (page) =>
      storage.changeLog.list("acme", { ...page, ...filter }),
    );
    expect(paged).toStrictEqual(
      all.filter(
        ({ kind, key, at }) =>
          kind === "resource" && key === "orders" && at >= filter.from && at < filter.until,
      ),
    );
    expect(paged).toHaveLength(4);
  },
};

const pageCases: CaseTable = {
  "pages of changes follow each other without repeating or skipping anything": async ({
    storage,
  }) => {
    const all = await makeChanges(storage);
    for (const limit of [1, 2, 3, 7, all.length]) {
      const paged = await everyPage(limit, (page) => storage.changeLog.list("acme", page));
      expect(paged).toStrictEqual(all);
    }
  },
  "later pages neither repeat nor skip a change while others are made": async ({ storage }) => {
    const all = await makeChanges(storage);
    let added = 0;
    const paged = await everyPage(3, async (page) => {
      const answer = await storage.changeLog.list("acme", page);
      added += 1;
      await storage.apply(changeSet([resourcePut(`added-${added}`)], { at: recordTime(900) }));
      return answer;
    });
    expect(paged).toStrictEqual(all);
  },
  "`nextCursor` is `null` on the last page of changes, a full one too": async ({ storage }) => {
    const all = await makeChanges(storage);
    const full = await storage.changeLog.list("acme", { limit: all.length });
    expect(full.nextCursor).toBeNull();
    const first = await storage.changeLog.list("acme", { limit: all.length - 1 });
    expect(first.nextCursor).not.toBeNull();
  },
  "a cursor of changes never shows another workspace": async ({ storage }) => {
    await makeChanges(storage);
    await createWorkspace(storage, "globex", [resourcePut("orders")]);
    const { nextCursor } = await storage.changeLog.list("acme", { limit: 2 });
    const page = { limit: 200, cursor: nextCursor ?? "" };
    const { items } = await storage.changeLog
      .list("globex", page)
      .catch(() => ({ items: [] as readonly ChangeRecord[] }));
    expect(items.filter(({ workspaceId }) => workspaceId !== "globex")).toStrictEqual([]);
  },
  "a cursor of changes that names no place is refused with `NOT_FOUND`": async ({ storage }) => {
    await makeChanges(storage);
    for (const cursor of ["next", "", "__proto__", "9".repeat(400), "' OR 1=1 --"]) {
      await expectStorageError(storage.changeLog.list("acme", { limit: 2, cursor }), "NOT_FOUND");
    }
  },
  "a limit of changes that is not a whole number from 1 to 200 is a `TypeError`": async ({
    storage,
  }) => {
    for (const limit of [0, 201, 1.5, Number.NaN]) {
      await expectTypeError(storage.changeLog.list("acme", { limit }));
    }
  },
};

/** Makes twenty changes of four kinds at seven times. Resolves to their records. */
async function makeChanges(storage: Storage): Promise<readonly ChangeRecord[]> {
  await createWorkspace(storage, "acme");
  for (const n of numbers(1, 6)) {
    const version = n === 1 ? null : n;
    const writes = [resourcePut("orders", version), policyPut("orders", version, `version ${n}`)];
    await storage.apply(changeSet(writes, { at: recordTime(n) }));
  }
  await storage.apply(
    changeSet(
      numbers(1, 6).map((n) => resourcePut(`invoices-${n}`)),
      { at: recordTime(7) },
    ),
  );
  await createKey(storage, apiKeyRecord("ci", { workspaceId: "acme", createdAt: recordTime(8) }));
  return wanted(storage, {});
}

async function wanted(storage: Storage, filter: ChangeFilter): Promise<readonly ChangeRecord[]> {
  const { items, nextCursor } = await storage.changeLog.list("acme", { ...filter, limit: 200 });
  expect(nextCursor).toBeNull();
  return items;
}

/** What the lists of `ChangeLog` promise. */
export const changeLogQueryCases: CaseTable = { ...filterCases, ...pageCases };
