import { expect } from "vitest";
import { everyPage } from "../assertions/every-page.js";
import { expectStorageError, expectTypeError } from "../assertions/expect-refusal.js";
import { numbers, recordTime } from "../samples/sample-log-records.js";
import type { SampleLog } from "../samples/sample-logs.js";
import type { CaseTable } from "../storage-case.js";

const largestAppend = 512;
const largestPage = 200;

/** What both logs promise of their pages. */
export function logPageCases<Entry>(log: SampleLog<Entry>): CaseTable {
  return { ...followingCases(log), ...cursorCases(log), ...extentCases(log) };
}

function followingCases<Entry>({ noun, entry, append, list }: SampleLog<Entry>): CaseTable {
  return {
    [`pages of ${noun} follow each other within one millisecond too`]: async ({ storage }) => {
      const at = recordTime(1);
      await append(
        storage,
        [4, 7, 1, 6, 2, 5, 3].map((n) => entry(n, "acme", at)),
      );
      for (const limit of [1, 2, 3, 6, 7]) {
        const paged = await everyPage(limit, (page) => list(storage, "acme", page));
        expect(paged).toStrictEqual([7, 6, 5, 4, 3, 2, 1].map((n) => entry(n, "acme", at)));
      }
    },
    [`later pages neither repeat nor skip a record while ${noun} arrive`]: async ({ storage }) => {
      const early = numbers(1, 9).map((n) => entry(10 * n));
      await append(storage, early);
      const all = await list(storage, "acme", { limit: largestPage });
      let arriving = 0;
      const paged = await everyPage(2, async (page) => {
        const answer = await list(storage, "acme", page);
        arriving += 1;
        // Ahead of everything, in another workspace, and in between: there a new record may be listed or not.
        const between = arriving > 4 ? [] : [entry(10 * arriving + 5)];
        await append(storage, [entry(100 + arriving), entry(200 + arriving, "globex"), ...between]);
        return answer;
      });
      const known = new Set(all.items.map((item) => JSON.stringify(item)));
      expect(paged.filter((item) => known.has(JSON.stringify(item)))).toStrictEqual(all.items);
      expect(new Set(paged.map((item) => JSON.stringify(item))).size).toBe(paged.length);
    },
  };
}

function cursorCases<Entry>({ noun, entry, append, list }: SampleLog<Entry>): CaseTable {
  return {
    [`a cursor of ${noun} never shows another workspace`]: async ({ storage }) => {
      await append(
        storage,
        numbers(1, 9).map((n) => entry(n, n % 2 === 0 ? "acme" : "globex")),
      );
      const { nextCursor } = await list(storage, "globex", { limit: 2 });
      const page = { limit: 200, cursor: nextCursor ?? "" };
      for (const [workspaceId, own] of [
        ["acme", [8, 6, 4, 2]],
        ["initech", []],
      ] as const) {
        const answer = await list(storage, workspaceId, page).catch(() => ({ items: [] }));
        for (const item of answer.items) {
          expect(own.map((n) => entry(n, workspaceId))).toContainEqual(item);
        }
      }
    },
    [`a cursor of ${noun} that names no place is refused with \`NOT_FOUND\``]: async ({
      storage,
    }) => {
      await append(storage, [entry(1), entry(2)]);
      for (const cursor of ["next", "", "__proto__", "9".repeat(400), "~", "' OR 1=1 --"]) {
        await expectStorageError(list(storage, "acme", { limit: 2, cursor }), "NOT_FOUND");
      }
    },
  };
}

function extentCases<Entry>({ noun, entry, append, list }: SampleLog<Entry>): CaseTable {
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
    [`${noun} of a large log are listed once each, in order`]: async ({ storage, largeLog }) => {
      for (let first = 1; first <= largeLog; first += largestAppend) {
        const last = Math.min(largeLog, first + largestAppend - 1);
        await append(
          storage,
          numbers(first, last).map((n) => entry(n)),
        );
      }
      let next = largeLog;
      const paged = await everyPage(largestPage, async (page) => {
        const { items, nextCursor } = await list(storage, "acme", page);
        const wanted = items.map((_, index) => entry(next - index));
        next -= items.length;
        // Records are compared page by page, so that a log of any size can be read.
        expect(items).toStrictEqual(wanted);
        return { items: items.map((_, index) => index), nextCursor };
      });
      expect(paged).toHaveLength(largeLog);
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
