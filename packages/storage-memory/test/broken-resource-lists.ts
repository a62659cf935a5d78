import { brokenLists, type BrokenListName } from "./broken-lists.js";
import { withResources, type BrokenPromise } from "./broken-promise.js";

const copies = "records that come out are copies: changing one changes nothing stored";
const isolation = "workspaces never see each other, even under the same key";
const limits = "a limit that is not a whole number from 1 to 200 is a `TypeError`";
const following = "pages follow each other without repeating or skipping anything";
const lastPage = "`nextCursor` is `null` on the last page, a full one too";
const ordered = "list is ordered by key, in the order of the keys' UTF-8 bytes";

/** Ways to break what is promised of lists of configured things. */
export const brokenResourceLists: readonly BrokenPromise[] = [
  brokenResourceList("lists in reverse order", ordered),
  brokenResourceList(
    "uses positions as cursors",
    "a page starts where the one before ended, even when that thing is gone",
  ),
  brokenResourceList(
    "uses positions as cursors",
    "a page starts where the one before ended, whatever was added since",
  ),
  brokenResourceList("repeats the last item of a page on the next one", following),
  brokenResourceList("says that there is more after a last page that is full", lastPage),
  brokenResourceList(
    "ends every list after a thousand items",
    "three thousand things are listed once each",
  ),
  brokenResourceList("takes any limit", limits),
  brokenResourceList("lists live references", copies),
  {
    does: "lists in the order of UTF-16 code units",
    caughtBy: ordered,
    breakIt: (storage) =>
      withResources(storage, (store) => ({
        async list(workspaceId, page) {
          const { items, nextCursor } = await store.list(workspaceId, page);
          return { items: items.toSorted((a, b) => (a.name < b.name ? -1 : 1)), nextCursor };
        },
      })),
  },
  {
    does: "forgets the workspace when it lists",
    caughtBy: isolation,
    breakIt: (storage) =>
      withResources(storage, (store) => ({
        async list(_, page) {
          const acme = await store.list("acme", page);
          const globex = await store.list("globex", page);
          return { items: [...acme.items, ...globex.items], nextCursor: null };
        },
      })),
  },
  {
    does: "lists something where there is nothing",
    caughtBy: "list of an unknown or an empty workspace has nothing",
    breakIt: (storage) =>
      withResources(storage, (store) => ({
        async list(workspaceId, page) {
          const answer = await store.list(workspaceId, page);
          return answer.items.length === 0 ? store.list("acme", page) : answer;
        },
      })),
  },
  {
    does: "lists what was deleted",
    caughtBy: "list answers the records that find answers, and nothing deleted",
    breakIt: (storage) =>
      withResources(storage, (store) => ({
        async list(workspaceId, page) {
          const { items, nextCursor } = await store.list(workspaceId, page);
          return { items: [...items, ...items], nextCursor };
        },
      })),
  },
];

function brokenResourceList(does: BrokenListName, caughtBy: string): BrokenPromise {
  return {
    does,
    caughtBy,
    breakIt: (storage) =>
      withResources(storage, (store) => {
        const broken = brokenLists[does]((page) => store.list("acme", page));
        return {
          list: (workspaceId, page) =>
            workspaceId === "acme" ? broken(page) : store.list(workspaceId, page),
        };
      }),
  };
}
