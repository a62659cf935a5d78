import type { Page, PageRequest } from "@byot/storage";

/** One list, as far as its pages are concerned. */
export type ListOf<Item> = (page: PageRequest) => Promise<Page<Item>>;

/** Breaks one list; it may remember what it answered. */
type ListBreaker = <Item>(list: ListOf<Item>) => ListOf<Item>;

/** What a broken list does. */
export type BrokenListName =
  | "lists in reverse order"
  | "uses positions as cursors"
  | "repeats the last item of a page on the next one"
  | "says that there is more after a last page that is full"
  | "ends every list after a thousand items"
  | "takes any limit"
  | "lists live references"
  | "starts the list again at a cursor it does not know";

/** Ways to break a list of anything. */
export const brokenLists: Readonly<Record<BrokenListName, ListBreaker>> = {
  "lists in reverse order": reversed,
  "uses positions as cursors": pagesByPosition,
  "repeats the last item of a page on the next one": repeating,
  "says that there is more after a last page that is full": neverEnding,
  "ends every list after a thousand items": endingEarly,
  "takes any limit": takingAnyLimit,
  "lists live references": live,
  "starts the list again at a cursor it does not know": startingAgain,
};

function reversed<Item>(list: ListOf<Item>): ListOf<Item> {
  return async (page) => {
    const { items, nextCursor } = await list(page);
    return { items: items.toReversed(), nextCursor };
  };
}

function pagesByPosition<Item>(list: ListOf<Item>): ListOf<Item> {
  return async ({ limit, cursor }) => {
    const { items } = await list({ limit: 200 });
    const start = Number(cursor ?? 0);
    const end = start + limit;
    return { items: items.slice(start, end), nextCursor: end < items.length ? String(end) : null };
  };
}

function repeating<Item>(list: ListOf<Item>): ListOf<Item> {
  let last: readonly Item[] = [];
  return async (page) => {
    const answer = await list(page);
    const items = page.cursor === undefined ? answer.items : [...last, ...answer.items];
    last = answer.items.slice(-1);
    return { ...answer, items: items.slice(0, page.limit) };
  };
}

function neverEnding<Item>(list: ListOf<Item>): ListOf<Item> {
  return async (page) => {
    const { items, nextCursor } = await list(page);
    return { items, nextCursor: items.length === page.limit ? (nextCursor ?? "more") : null };
  };
}

function endingEarly<Item>(list: ListOf<Item>): ListOf<Item> {
  let listed = 0;
  return async (page) => {
    const answer = await list(page);
    listed = page.cursor === undefined ? 0 : listed + answer.items.length;
    return listed > 1000 ? { ...answer, nextCursor: null } : answer;
  };
}

function takingAnyLimit<Item>(list: ListOf<Item>): ListOf<Item> {
  return (page) =>
    list({ ...page, limit: Number.isInteger(page.limit) ? page.limit % 201 || 1 : 1 });
}

function live<Item>(list: ListOf<Item>): ListOf<Item> {
  const answers = new Map<string, Promise<Page<Item>>>();
  return (page) => {
    const answer = answers.get(JSON.stringify(page)) ?? list(page);
    answers.set(JSON.stringify(page), answer);
    return answer;
  };
}

function startingAgain<Item>(list: ListOf<Item>): ListOf<Item> {
  return async (page) => {
    try {
      return await list(page);
    } catch (error) {
      if (page.cursor === undefined) {
        throw error;
      }
      return list({ limit: page.limit });
    }
  };
}
