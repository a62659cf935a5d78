import { expect } from "vitest";
import { everyPage } from "../assertions/every-page.js";
import { expectStorageError } from "../assertions/expect-refusal.js";
import { recordTime } from "../samples/sample-log-records.js";
import type { CaseTable } from "../storage-case.js";
import type { SampleLog } from "./append-log-cases.js";

/** Record n was recorded at millisecond n; neither ids nor times are in the order of appending. */
const order = [5, 9, 1, 7, 3, 8, 2, 6];

/** What both lists of the decision log promise of a query that names a time. */
export function logFromCases<Entry>({ noun, entry, append, list }: SampleLog<Entry>): CaseTable {
  const recordedFrom = (first: number): readonly Entry[] =>
    order
      .filter((n) => n >= first)
      .toReversed()
      .map((n) => entry(n));
  const all = recordedFrom(0).toReversed();
  return {
    [`a query of ${noun} has only what was recorded at a time or later, to the millisecond`]:
      async ({ storage }) => {
        await append(storage, [...all, entry(10, "globex")]);
        for (const first of [-1000, 1, 4, 5, 6, 9, 10]) {
          const query = { limit: 200, from: recordTime(first) };
          const page = await list(storage, "acme", query);
          expect(page).toStrictEqual({ items: recordedFrom(first), nextCursor: null });
        }
      },
    [`pages of ${noun} from a time on follow each other without repeating or skipping anything`]:
      async ({ storage }) => {
        await append(storage, all);
        for (const first of [4, 5]) {
          const paged = await everyPage(2, (page) =>
            list(storage, "acme", { ...page, from: recordTime(first) }),
          );
          expect(paged).toStrictEqual(recordedFrom(first));
        }
      },
    [`no cursor of ${noun} leads behind the time of a query`]: async ({ storage }) => {
      await append(storage, all);
      // The first page ends at a record from before the time, which is a place in the list all the same, or refused.
      const { nextCursor } = await list(storage, "acme", { limit: 2 });
      const query = { limit: 200, cursor: nextCursor ?? "", from: recordTime(5) };
      const following = list(storage, "acme", query).then(({ items }) => items);
      const rest = [8, 7, 9, 5].map((n) => entry(n));
      await following.then(
        (items) => expect(items).toStrictEqual(rest),
        () => expectStorageError(following, "NOT_FOUND"),
      );
    },
  };
}
