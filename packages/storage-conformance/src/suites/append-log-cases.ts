import type { Page, RefusalQuery, Storage } from "@byot/storage";
import { expect } from "vitest";
import { everyPage } from "../assertions/every-page.js";
import { expectStorageError, expectTypeError } from "../assertions/expect-refusal.js";
import { overwrite } from "../assertions/overwrite.js";
import { numbers } from "../samples/sample-log-records.js";
import type { CaseTable } from "../storage-case.js";

/** One of the two lists of the decision log, and how its records are made. */
export interface SampleLog<Entry> {
  /** What its records are called in a title. */
  readonly noun: string;
  /** The n-th record of a workspace, `acme` unless another is named. */
  readonly entry: (n: number, workspaceId?: string) => Entry;
  /** Writes records. */
  readonly append: (storage: Storage, entries: readonly Entry[]) => Promise<void>;
  /** Reads them. */
  readonly list: (
    storage: Storage,
    workspaceId: string,
    query: RefusalQuery,
  ) => Promise<Page<Entry>>;
}

/** What both lists of the decision log promise. */
export function appendLogCases<Entry>(log: SampleLog<Entry>): CaseTable {
  return { ...orderCases(log), ...writeCases(log), ...cursorCases(log), ...pageCases(log) };
}

function orderCases<Entry>({ noun, entry, append, list }: SampleLog<Entry>): CaseTable {
  return {
    [`${noun} are listed in the reverse order of their appending, the last one first`]: async ({
      storage,
    }) => {
      // Neither ids nor times are in the order of appending.
      const order = [5, 9, 1, 7, 3];
      await append(
        storage,
        order.slice(0, 3).map((n) => entry(n)),
      );
      await append(
        storage,
        order.slice(3).map((n) => entry(n)),
      );
      const { items, nextCursor } = await list(storage, "acme", { limit: 200 });
      expect(items).toStrictEqual(order.toReversed().map((n) => entry(n)));
      expect(nextCursor).toBeNull();
    },
    [`a workspace without ${noun} has an empty list`]: async ({ storage }) => {
      await append(storage, [entry(1)]);
      const page = await list(storage, "globex", { limit: 200 });
      expect(page).toStrictEqual({ items: [], nextCursor: null });
    },
    [`${noun} of one workspace are never seen in another one`]: async ({ storage }) => {
      await append(storage, [entry(1, "acme"), entry(2, "globex"), entry(3, "acme")]);
      const acme = await list(storage, "acme", { limit: 200 });
      const globex = await list(storage, "globex", { limit: 200 });
      expect(acme.items).toStrictEqual([entry(3, "acme"), entry(1, "acme")]);
      expect(globex.items).toStrictEqual([entry(2, "globex")]);
    },
  };
}

function writeCases<Entry>({ noun, entry, append, list }: SampleLog<Entry>): CaseTable {
  return {
    [`appending ${noun} is all or none: \`ALREADY_EXISTS\` when one of the ids is in the log`]:
      async ({ storage }) => {
        await append(storage, [entry(1)]);
        await expectStorageError(append(storage, [entry(2), entry(1), entry(3)]), "ALREADY_EXISTS");
        await expectStorageError(append(storage, [entry(4), entry(4)]), "ALREADY_EXISTS");
        await expectStorageError(append(storage, [entry(1, "globex")]), "ALREADY_EXISTS");
        const { items } = await list(storage, "acme", { limit: 200 });
        expect(items).toStrictEqual([entry(1)]);
        expect((await list(storage, "globex", { limit: 200 })).items).toHaveLength(0);
        await append(storage, [entry(2), entry(3), entry(4)]);
      },
    [`appending no ${noun} is fine`]: async ({ storage }) => {
      await append(storage, []);
      expect((await list(storage, "acme", { limit: 200 })).items).toHaveLength(0);
    },
    [`${noun} are copied, on their way in and on their way out`]: async ({ storage }) => {
      const record = entry(1);
      await append(storage, [record]);
      overwrite(record);
      overwrite(await list(storage, "acme", { limit: 200 }));
      expect((await list(storage, "acme", { limit: 200 })).items).toStrictEqual([entry(1)]);
    },
    [`${noun} appended at the same time are all there, once`]: async ({ storage }) => {
      await Promise.all(
        numbers(1, 20).map((n) => append(storage, [entry(2 * n), entry(2 * n + 1)])),
      );
      const { items } = await list(storage, "acme", { limit: 200 });
      expect(items).toHaveLength(40);
      expect(new Set(items.map((item) => JSON.stringify(item))).size).toBe(40);
    },
    [`of concurrent appendings of ${noun} under one id exactly one wins`]: async ({ storage }) => {
      const outcomes = await Promise.allSettled(
        numbers(2, 6).map((n) => append(storage, [entry(n), entry(1)])),
      );
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect((await list(storage, "acme", { limit: 200 })).items).toHaveLength(2);
    },
  };
}

function cursorCases<Entry>({ noun, entry, append, list }: SampleLog<Entry>): CaseTable {
  return {
    [`later pages neither repeat nor skip a record while ${noun} arrive`]: async ({ storage }) => {
      await append(
        storage,
        numbers(1, 9).map((n) => entry(n)),
      );
      const all = await list(storage, "acme", { limit: 200 });
      let arriving = 100;
      const paged = await everyPage(2, async (page) => {
        const answer = await list(storage, "acme", page);
        arriving += 2;
        await append(storage, [entry(arriving), entry(arriving + 1, "globex")]);
        return answer;
      });
      expect(paged).toStrictEqual(all.items);
    },
    [`a cursor of ${noun} never shows another workspace`]: async ({ storage }) => {
      await append(
        storage,
        numbers(1, 9).map((n) => entry(n, n % 2 === 0 ? "acme" : "globex")),
      );
      const { nextCursor } = await list(storage, "globex", { limit: 2 });
      const page = { limit: 200, cursor: nextCursor ?? "" };
      const items = await list(storage, "acme", page).then(
        (answer) => answer.items,
        () => [],
      );
      const own = await list(storage, "acme", { limit: 200 });
      for (const item of items) {
        expect(own.items).toContainEqual(item);
      }
      await expectStorageError(list(storage, "initech", page), "NOT_FOUND");
    },
    [`a cursor of ${noun} that no page gave is refused with \`NOT_FOUND\``]: async ({
      storage,
    }) => {
      await append(storage, [entry(1), entry(2)]);
      for (const cursor of ["next", "", "__proto__", "9".repeat(400)]) {
        await expectStorageError(list(storage, "acme", { limit: 2, cursor }), "NOT_FOUND");
      }
    },
  };
}

function pageCases<Entry>({ noun, entry, append, list }: SampleLog<Entry>): CaseTable {
  return {
    [`\`nextCursor\` is \`null\` on the last page of ${noun}, a full one too`]: async ({
      storage,
    }) => {
      await append(
        storage,
        numbers(1, 4).map((n) => entry(n)),
      );
      expect((await list(storage, "acme", { limit: 4 })).nextCursor).toBeNull();
      expect((await list(storage, "acme", { limit: 3 })).nextCursor).not.toBeNull();
    },
    [`three thousand ${noun} are listed once each, in order`]: async ({ storage }) => {
      for (const hundreds of numbers(0, 29)) {
        await append(
          storage,
          numbers(hundreds * 100 + 1, hundreds * 100 + 100).map((n) => entry(n)),
        );
      }
      const paged = await everyPage(200, (page) => list(storage, "acme", page));
      expect(paged).toStrictEqual(
        numbers(1, 3000)
          .toReversed()
          .map((n) => entry(n)),
      );
    },
    [`a limit of ${noun} that is not a whole number from 1 to 200 is a \`TypeError\``]: async ({
      storage,
    }) => {
      for (const limit of [0, 201, 1.5, Number.NaN]) {
        await expectTypeError(list(storage, "acme", { limit }));
      }
    },
  };
}
