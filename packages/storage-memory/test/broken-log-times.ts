import type {
  DecisionQuery,
  DecisionRecord,
  Page,
  RefusalQuery,
  Storage,
  TimeSpan,
} from "@byot/storage";
import { withLog, type BrokenPromise } from "./broken-promise.js";

/** Ways to break what is promised of a query of the decision log that names a span of time. */
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
  const onlyUntil = `a query of ${noun} has only what was recorded before a time, to the millisecond`;
  return [
    ...(["from", "until"] as const).flatMap((end) => [
      {
        does: `does not look at \`${end}\` in a query of ${noun}`,
        caughtBy: end === "from" ? onlyFrom : onlyUntil,
        breakIt: (storage: Storage) => withQueries(storage, ({ [end]: _, ...query }) => query),
      },
      {
        does: `moves \`${end}\` in a query of ${noun} by a millisecond`,
        caughtBy: end === "from" ? onlyFrom : onlyUntil,
        breakIt: (storage: Storage) => withTimes(storage, end, (millis) => millis + 1),
      },
      {
        does: `compares \`${end}\` in a query of ${noun} to the second`,
        caughtBy: end === "from" ? onlyFrom : onlyUntil,
        breakIt: (storage: Storage) =>
          withTimes(storage, end, (millis) => Math.floor(millis / 1000) * 1000),
      },
    ]),
    {
      does: `looks at one end of the span of a query of ${noun}`,
      caughtBy: `a query of ${noun} has only what was recorded within a span of time`,
      breakIt: (storage) =>
        withQueries(storage, ({ until, ...query }) =>
          query.from === undefined && until !== undefined ? { ...query, until } : query,
        ),
    },
    {
      does: `looks at the time of a query after it has cut the page of ${noun}`,
      caughtBy: `pages of ${noun} of a span of time follow each other without repeating or skipping anything`,
      breakIt: (storage) =>
        withLog(storage, (log) => ({
          list: async (workspaceId, query) =>
            onlyWithin(await log.list(workspaceId, withoutTime(query)), query),
          listRefusals: async (workspaceId, query) =>
            onlyWithin(await log.listRefusals(workspaceId, withoutTime(query)), query),
        })),
    },
    {
      does: `forgets the time of a query of ${noun} behind a cursor`,
      caughtBy: `no cursor of ${noun} leads out of the span of a query`,
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

function withTimes(
  storage: Storage,
  end: keyof TimeSpan,
  change: (millis: number) => number,
): Storage {
  return withQueries(storage, (query) => {
    const time = query[end];
    return time === undefined ? query : { ...query, [end]: new Date(change(time.getTime())) };
  });
}

function withoutTime({ from: _from, until: _until, ...query }: DecisionQuery): DecisionQuery {
  return query;
}

function onlyWithin<Entry extends Pick<DecisionRecord, "at">>(
  { items, nextCursor }: Page<Entry>,
  { from, until }: RefusalQuery,
): Page<Entry> {
  return {
    items: items.filter(({ at }) => at >= (from ?? at) && (until === undefined || at < until)),
    nextCursor,
  };
}
