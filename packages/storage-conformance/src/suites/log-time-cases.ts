import type { TimeSpan } from "@byot/storage";
import { expect } from "vitest";
import { everyPage } from "../assertions/every-page.js";
import { expectStorageError } from "../assertions/expect-refusal.js";
import { recordTime } from "../samples/sample-log-records.js";
import type { SampleLog } from "../samples/sample-logs.js";
import type { CaseTable } from "../storage-case.js";

/** Record n was recorded at millisecond n; neither ids nor times are in the order of appending. */
const order = [5, 9, 1, 7, 3, 8, 2, 6];

/** The first millisecond of a span and the first one after it. */
type Span = readonly [from: number | undefined, until: number | undefined];

/** What both logs promise of a query that names a span of time. */
export function logTimeCases<Entry>(log: SampleLog<Entry>): CaseTable {
  return { ...spanCases(log), ...spanPageCases(log) };
}

function spanCases<Entry>(log: SampleLog<Entry>): CaseTable {
  const { noun } = log;
  return {
    [`a query of ${noun} has only what was recorded at a time or later, to the millisecond`]: (
      context,
    ) =>
      expectSpans(
        log,
        context,
        [-1000, 1, 4, 5, 6, 9, 10].map((from) => [from, undefined]),
      ),
    [`a query of ${noun} has only what was recorded before a time, to the millisecond`]: (
      context,
    ) =>
      expectSpans(
        log,
        context,
        [-1000, 1, 2, 4, 5, 6, 9, 10].map((until) => [undefined, until]),
      ),
    [`a query of ${noun} has only what was recorded within a span of time`]: (context) =>
      expectSpans(log, context, [
        [1, 10],
        [3, 7],
        [4, 5],
        [5, 6],
        [5, 5],
        [6, 5],
      ]),
  };
}

function spanPageCases<Entry>(log: SampleLog<Entry>): CaseTable {
  const { noun, append, list } = log;
  return {
    [`pages of ${noun} of a span of time follow each other without repeating or skipping anything`]:
      async ({ storage }) => {
        await append(storage, entriesOf(log));
        for (const span of [
          [4, undefined],
          [undefined, 8],
          [3, 9],
        ] as const) {
          const paged = await everyPage(2, (page) =>
            list(storage, "acme", { ...page, ...timeSpan(span) }),
          );
          expect(paged).toStrictEqual(recordedIn(log, span));
        }
      },
    [`no cursor of ${noun} leads out of the span of a query`]: async ({ storage }) => {
      await append(storage, entriesOf(log));
      // Both cursors name places outside of the span: after it and before it.
      for (const [limit, span, following] of [
        [2, [5, 8], [7, 6, 5]],
        [6, [5, undefined], []],
      ] as const) {
        const { nextCursor } = await list(storage, "acme", { limit });
        const query = { limit: 200, cursor: nextCursor ?? "", ...timeSpan(span) };
        const answer = list(storage, "acme", query).then(({ items }) => items);
        await answer.then(
          (items) => expect(items).toStrictEqual(following.map((n) => log.entry(n))),
          () => expectStorageError(answer, "NOT_FOUND"),
        );
      }
    },
  };
}

async function expectSpans<Entry>(
  log: SampleLog<Entry>,
  { storage }: { readonly storage: Parameters<typeof log.list>[0] },
  spans: readonly Span[],
): Promise<void> {
  await log.append(storage, [...entriesOf(log), log.entry(4, "globex")]);
  for (const span of spans) {
    const page = await log.list(storage, "acme", { limit: 200, ...timeSpan(span) });
    expect(page).toStrictEqual({ items: recordedIn(log, span), nextCursor: null });
  }
}

function timeSpan([from, until]: Span): TimeSpan {
  return {
    ...(from === undefined ? {} : { from: recordTime(from) }),
    ...(until === undefined ? {} : { until: recordTime(until) }),
  };
}

function entriesOf<Entry>({ entry }: SampleLog<Entry>): readonly Entry[] {
  return order.map((n) => entry(n));
}

function recordedIn<Entry>({ entry }: SampleLog<Entry>, [from, until]: Span): readonly Entry[] {
  return order
    .filter((n) => n >= (from ?? n) && n < (until ?? n + 1))
    .toSorted((left, right) => right - left)
    .map((n) => entry(n));
}
