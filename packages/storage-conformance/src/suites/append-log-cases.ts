import { expect } from "vitest";
import { expectStorageError } from "../assertions/expect-refusal.js";
import { overwrite } from "../assertions/overwrite.js";
import { numbers, recordTime } from "../samples/sample-log-records.js";
import type { SampleLog } from "../samples/sample-logs.js";
import type { CaseTable } from "../storage-case.js";

/** What both logs promise of their records: which there are, and in which order. */
export function appendLogCases<Entry>(log: SampleLog<Entry>): CaseTable {
  return { ...orderCases(log), ...writeCases(log), ...concurrencyCases(log) };
}

function orderCases<Entry>({ noun, entry, append, list }: SampleLog<Entry>): CaseTable {
  return {
    [`${noun} are listed by time, the last one first, in whatever order they were appended`]:
      async ({ storage }) => {
        await append(
          storage,
          [5, 9, 1].map((n) => entry(n)),
        );
        await append(
          storage,
          [7, 3].map((n) => entry(n)),
        );
        const { items, nextCursor } = await list(storage, "acme", { limit: 200 });
        expect(items).toStrictEqual([9, 7, 5, 3, 1].map((n) => entry(n)));
        expect(nextCursor).toBeNull();
      },
    [`${noun} of one millisecond are listed by id, the greatest first`]: async ({ storage }) => {
      const at = recordTime(6);
      const sameTime = [4, 9, 2, 7].map((n) => entry(n, "acme", at));
      // The least id is the last in time, the greatest one the first.
      const others = [entry(1, "acme", recordTime(7)), entry(99, "acme", recordTime(5))];
      await append(storage, [...sameTime, ...others]);
      const { items } = await list(storage, "acme", { limit: 200 });
      expect(items).toStrictEqual([
        entry(1, "acme", recordTime(7)),
        ...[9, 7, 4, 2].map((n) => entry(n, "acme", at)),
        entry(99, "acme", recordTime(5)),
      ]);
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
    [`an id is taken whatever the time of the ${noun}`]: async ({ storage }) => {
      await append(storage, [entry(1)]);
      const later = append(storage, [entry(1, "acme", recordTime(40 * 24 * 3_600_000))]);
      await expectStorageError(later, "ALREADY_EXISTS");
      expect((await list(storage, "acme", { limit: 200 })).items).toStrictEqual([entry(1)]);
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
  };
}

function concurrencyCases<Entry>({ noun, entry, append, list }: SampleLog<Entry>): CaseTable {
  return {
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
