import type { DecisionLog, LogPlace, Storage } from "@byot/storage";
import { brokenLists, type BrokenListName } from "./broken-lists.js";
import { withLog, type BrokenPromise } from "./broken-promise.js";

type Noun = "decisions" | "refused tokens";

/** Ways to break what is promised of the lists of the decision log, and of what is appended to them. */
export const brokenLogEntries: readonly BrokenPromise[] = (
  ["decisions", "refused tokens"] as const
).flatMap(brokenEntries);

/** What can go wrong with decisions as well as with refused tokens. */
function brokenEntries(noun: Noun): readonly BrokenPromise[] {
  const ordered = `${noun} are listed by time, the last one first, in whatever order they were appended`;
  const allOrNone = `appending ${noun} is all or none: \`ALREADY_EXISTS\` when one of the ids is in the log`;
  return [
    brokenLogList(noun, "lists in reverse order", ordered),
    {
      does: `lists ${noun} by id whatever their time`,
      caughtBy: `${noun} of one millisecond are listed by id, the greatest first`,
      breakIt: (storage) =>
        withSortedLists(storage, (left, right) => (left.id < right.id ? 1 : -1)),
    },
    {
      does: `lists ${noun} of one millisecond with the least id first`,
      caughtBy: `${noun} of one millisecond are listed by id, the greatest first`,
      breakIt: (storage) =>
        withSortedLists(
          storage,
          (left, right) => right.at.getTime() - left.at.getTime() || (left.id < right.id ? -1 : 1),
        ),
    },
    brokenLogList(
      noun,
      "repeats the last item of a page on the next one",
      `pages of ${noun} follow each other within one millisecond too`,
    ),
    {
      does: `knows the ids of ${noun} of one time only`,
      caughtBy: `an id is taken whatever the time of the ${noun}`,
      breakIt: (storage) => withAppend(storage, (append) => append.catch(() => undefined)),
    },
    brokenLogList(
      noun,
      "uses positions as cursors",
      `later pages neither repeat nor skip a record while ${noun} arrive`,
    ),
    brokenLogList(
      noun,
      "says that there is more after a last page that is full",
      `\`nextCursor\` is \`null\` on the last page of ${noun}, a full one too`,
    ),
    brokenLogList(
      noun,
      "starts the list again at a cursor it does not know",
      `a cursor of ${noun} that names no place is refused with \`NOT_FOUND\``,
    ),
    {
      does: `goes on where a cursor of other ${noun} points`,
      caughtBy: `a cursor of ${noun} never shows another workspace`,
      breakIt: (storage) =>
        withLog(storage, (log) => ({
          list: (workspaceId, query) =>
            log.list(query.cursor === undefined ? workspaceId : "globex", query),
          listRefusals: (workspaceId, page) =>
            log.listRefusals(page.cursor === undefined ? workspaceId : "globex", page),
        })),
    },
    brokenLogList(
      noun,
      "ends every list after a thousand items",
      `${noun} of a large log are listed once each, in order`,
    ),
    brokenLogList(
      noun,
      "takes any limit",
      `a limit of ${noun} that is not a whole number from 1 to 200 is a \`TypeError\``,
    ),
    brokenLogList(
      noun,
      "lists live references",
      `${noun} are copied, on their way in and on their way out`,
    ),
    {
      does: `shows ${noun} of another workspace`,
      caughtBy: `${noun} of one workspace are never seen in another one`,
      breakIt: (storage) => withWorkspaceOfLists(storage, () => "acme"),
    },
    {
      does: `has ${noun} where there are none`,
      caughtBy: `a workspace without ${noun} has an empty list`,
      breakIt: (storage) => withWorkspaceOfLists(storage, () => "acme"),
    },
    {
      does: `leaves ${noun} out that are in the log already`,
      caughtBy: allOrNone,
      breakIt: (storage) => withAppend(storage, (append) => append.catch(() => undefined)),
    },
    {
      does: `refuses to append no ${noun}`,
      caughtBy: `appending no ${noun} is fine`,
      breakIt: (storage) =>
        withEntries(storage, (entries) => {
          if (entries.length === 0) {
            throw new RangeError("nothing to append");
          }
          return entries;
        }),
    },
    {
      does: `appends half of the ${noun}`,
      caughtBy: `${noun} appended at the same time are all there, once`,
      breakIt: (storage) => withEntries(storage, (entries) => entries.slice(0, 1)),
    },
    {
      does: `lets several ${noun} of one id win`,
      caughtBy: `of concurrent appendings of ${noun} under one id exactly one wins`,
      breakIt: (storage) => withAppend(storage, (append) => append.catch(() => undefined)),
    },
  ];
}

function brokenLogList(noun: Noun, does: BrokenListName, caughtBy: string): BrokenPromise {
  return {
    does: `${does} of ${noun}`,
    caughtBy,
    breakIt: (storage) => withBrokenLists(storage, does),
  };
}

function withBrokenLists(storage: Storage, name: BrokenListName): Storage {
  return withLog(storage, (log) => {
    const decisions = brokenLists[name]((page) => log.list("acme", page));
    const refusals = brokenLists[name]((page) => log.listRefusals("acme", page));
    return {
      list: (workspaceId, query) =>
        workspaceId === "acme" ? decisions(query) : log.list(workspaceId, query),
      listRefusals: (workspaceId, page) =>
        workspaceId === "acme" ? refusals(page) : log.listRefusals(workspaceId, page),
    };
  });
}

function withWorkspaceOfLists(storage: Storage, change: (workspaceId: string) => string): Storage {
  return withLog(storage, (log) => ({
    list: (workspaceId, query) => log.list(change(workspaceId), query),
    listRefusals: (workspaceId, page) => log.listRefusals(change(workspaceId), page),
  }));
}

function withAppend(storage: Storage, change: (append: Promise<void>) => Promise<void>): Storage {
  return withLog(storage, (log) => ({
    append: (records) => change(log.append(records)),
    appendRefusals: (records) => change(log.appendRefusals(records)),
  }));
}

function withEntries(
  storage: Storage,
  change: <Entry>(entries: readonly Entry[]) => readonly Entry[],
): Storage {
  return withLog(storage, (log: DecisionLog) => ({
    append: async (records) => log.append(change(records)),
    appendRefusals: async (records) => log.appendRefusals(change(records)),
  }));
}

/** Lists in another order, page by page. */
function withSortedLists(
  storage: Storage,
  compare: (left: LogPlace, right: LogPlace) => number,
): Storage {
  return withLog(storage, (log) => ({
    async list(workspaceId, query) {
      const page = await log.list(workspaceId, query);
      return { ...page, items: sorted(page.items, compare, ({ decisionId }) => decisionId) };
    },
    async listRefusals(workspaceId, query) {
      const page = await log.listRefusals(workspaceId, query);
      return { ...page, items: sorted(page.items, compare, ({ refusalId }) => refusalId) };
    },
  }));
}

function sorted<Entry extends Pick<LogPlace, "at">>(
  entries: readonly Entry[],
  compare: (left: LogPlace, right: LogPlace) => number,
  idOf: (entry: Entry) => string,
): readonly Entry[] {
  return entries.toSorted((left, right) =>
    compare({ at: left.at, id: idOf(left) }, { at: right.at, id: idOf(right) }),
  );
}
