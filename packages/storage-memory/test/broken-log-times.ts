import type { DecisionQuery, DecisionRecord, Page, RefusalQuery, Storage } from "@byot/storage";
import { withLog, type BrokenPromise } from "./broken-promise.js";

/** Ways to break what is promised of a query of the decision log that names a time. */
export const brokenLogTimes: readonly BrokenPromise[] = [
  ...(["decisions", "refused tokens"] as const).flatMap(brokenTimes),
  {
    does: "looks at the time of a query only when it has no other field",
    caughtBy: "the time of a query and its other fields apply together",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        list: (workspaceId, query) =>
          log.list(workspaceId, query.subject === undefined ? query : withoutTime(query)),
      })),
  },
];

function brokenTimes(noun: "decisions" | "refused tokens"): readonly BrokenPromise[] {
  const onlyFrom = `a query of ${noun} has only what was recorded at a time or later, to the millisecond`;
  return [
    {
      does: `does not look at the time of a query of ${noun}`,
      caughtBy: onlyFrom,
      breakIt: (storage) => withQueries(storage, withoutTime),
    },
    {
      does: `leaves ${noun} out that were recorded at the very time`,
      caughtBy: onlyFrom,
      breakIt: (storage) => withTimes(storage, (from) => from + 1),
    },
    {
      does: `compares the times of ${noun} to the second`,
      caughtBy: onlyFrom,
      breakIt: (storage) => withTimes(storage, (from) => Math.floor(from / 1000) * 1000),
    },
    {
      does: `looks at the time of a query after it has cut the page of ${noun}`,
      caughtBy: `pages of ${noun} from a time on follow each other without repeating or skipping anything`,
      breakIt: (storage) =>
        withLog(storage, (log) => ({
          list: async (workspaceId, query) =>
            laterOf(await log.list(workspaceId, withoutTime(query)), query),
          listRefusals: async (workspaceId, query) =>
            laterOf(await log.listRefusals(workspaceId, withoutTime(query)), query),
        })),
    },
    {
      does: `forgets the time of a query of ${noun} behind a cursor`,
      caughtBy: `no cursor of ${noun} leads behind the time of a query`,
      breakIt: (storage) =>
        withQueries(storage, (query) => (query.cursor === undefined ? query : withoutTime(query))),
    },
  ];
}

function withQueries(storage: Storage, change: (query: DecisionQuery) => DecisionQuery): Storage {
  return withLog(storage, (log) => ({
    list: (workspaceId, query) => log.list(workspaceId, change(query)),
    listRefusals: (workspaceId, query) => log.listRefusals(workspaceId, change(query)),
  }));
}

function withTimes(storage: Storage, change: (from: number) => number): Storage {
  return withQueries(storage, (query) =>
    query.from === undefined ? query : { ...query, from: new Date(change(query.from.getTime())) },
  );
}

function withoutTime({ from: _, ...query }: DecisionQuery): DecisionQuery {
  return query;
}

function laterOf<Entry extends Pick<DecisionRecord, "at">>(
  { items, nextCursor }: Page<Entry>,
  { from = new Date(0) }: RefusalQuery,
): Page<Entry> {
  return { items: items.filter(({ at }) => at >= from), nextCursor };
}
