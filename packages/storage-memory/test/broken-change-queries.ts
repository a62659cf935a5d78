import type { ChangeQuery, Storage } from "@byot/storage";
import { brokenLists, type BrokenListName } from "./broken-lists.js";
import { withChanges, type BrokenPromise } from "./broken-promise.js";

const byTime =
  "a query has only what was changed at a time or later and before another, to the millisecond";
const byKey = "a query has only the key it names, byte for byte";
const together = "the fields of a query of changes apply together, page by page";

/** Ways to break what is promised of the lists of changes. */
export const brokenChangeQueries: readonly BrokenPromise[] = [
  querying(
    "takes an absent key of a query of changes for an empty one",
    "an absent field of a query matches every change",
    (query) => ({ key: "", ...query }),
  ),
  querying(
    "does not look at the kind of a query",
    "a query has only the kind it names",
    ({ kind: _, ...query }) => query,
  ),
  querying("does not look at the key of a query", byKey, ({ key: _, ...query }) => query),
  querying("compares the keys of changes without letter case", byKey, (query) =>
    query.key === undefined ? query : { ...query, key: query.key.toLowerCase() },
  ),
  querying("does not look at the beginning of a query", byTime, ({ from: _, ...query }) => query),
  querying("does not look at the end of a query", byTime, ({ until: _, ...query }) => query),
  querying("takes the end of a query of changes in", byTime, (query) =>
    query.until === undefined ? query : { ...query, until: new Date(query.until.getTime() + 1) },
  ),
  querying("looks at one field of a query of changes", together, ({ limit, cursor, ...query }) => {
    const [first] = Object.entries(query);
    return {
      limit,
      ...(cursor === undefined ? {} : { cursor }),
      ...Object.fromEntries(first ? [first] : []),
    };
  }),
  {
    does: "looks at a query of changes after it has cut the page",
    caughtBy: together,
    breakIt: (storage) =>
      withChanges(storage, (log) => ({
        async list(workspaceId, { kind, ...query }) {
          const { items, nextCursor } = await log.list(workspaceId, query);
          return { items: items.filter((item) => item.kind === (kind ?? item.kind)), nextCursor };
        },
      })),
  },
  {
    does: "goes on where a cursor of other changes points",
    caughtBy: "a cursor of changes never shows another workspace",
    breakIt: (storage) =>
      withChanges(storage, (log) => ({
        list: (workspaceId, query) =>
          log.list(query.cursor === undefined ? workspaceId : "acme", query),
      })),
  },
  brokenChangeList(
    "repeats the last item of a page on the next one",
    "pages of changes follow each other without repeating or skipping anything",
  ),
  brokenChangeList(
    "uses positions as cursors",
    "later pages neither repeat nor skip a change while others are made",
  ),
  brokenChangeList(
    "says that there is more after a last page that is full",
    "`nextCursor` is `null` on the last page of changes, a full one too",
  ),
  brokenChangeList(
    "starts the list again at a cursor it does not know",
    "a cursor of changes that names no place is refused with `NOT_FOUND`",
  ),
  brokenChangeList(
    "takes any limit",
    "a limit of changes that is not a whole number from 1 to 200 is a `TypeError`",
  ),
];

function querying(
  does: string,
  caughtBy: string,
  change: (query: ChangeQuery) => ChangeQuery,
): BrokenPromise {
  return {
    does,
    caughtBy,
    breakIt: (storage: Storage) =>
      withChanges(storage, (log) => ({
        list: (workspaceId, query) => log.list(workspaceId, change(query)),
      })),
  };
}

function brokenChangeList(does: BrokenListName, caughtBy: string): BrokenPromise {
  return {
    does: `${does} of changes`,
    caughtBy,
    breakIt: (storage) =>
      withChanges(storage, (log) => {
        const broken = brokenLists[does]((page) => log.list("acme", page));
        return {
          list: (workspaceId, query) =>
            workspaceId === "acme" ? broken(query) : log.list(workspaceId, query),
        };
      }),
  };
}
