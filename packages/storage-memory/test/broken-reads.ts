import type { Storage } from "@byot/storage";
import { withFound, withResources, withWorkspaces, type BrokenPromise } from "./broken-promise.js";
import { brokenLists, type BrokenListName } from "./broken-lists.js";

const copies = "records that come out are copies: changing one changes nothing stored";
const bytes = "keys are compared byte for byte: `Orders` is not `orders`";
const isolation = "workspaces never see each other, even under the same key";
const holds = "a record holds what was written, its workspace, its version and its times";
const replaced = "replacing a thing changes it whole, moves `updatedAt` and keeps `createdAt`";
const limits = "a limit that is not a whole number from 1 to 200 is a `TypeError`";
const following = "pages follow each other without repeating or skipping anything";
const lastPage = "`nextCursor` is `null` on the last page, a full one too";
const ordered = "list is ordered by key, in the order of the keys' UTF-8 bytes";
const orderedIds = "list has all workspaces, ordered by id, in the order of their UTF-8 bytes";

/** Ways to break what is promised of reading configured things. */
export const brokenReads: readonly BrokenPromise[] = [
  {
    does: "finds live references",
    caughtBy: copies,
    breakIt(storage) {
      const answers = new Map<number, Awaited<ReturnType<Storage["resources"]["find"]>>>();
      return withFound(storage, (found) => {
        const answer = answers.get(found.version) ?? found;
        answers.set(found.version, answer);
        return answer;
      });
    },
  },
  {
    does: "forgets the workspace when it finds",
    caughtBy: "find resolves to `undefined` when the workspace does not exist",
    breakIt: (storage) =>
      withResources(storage, (store) => ({
        find: async (workspaceId, key) =>
          (await store.find(workspaceId, key)) ?? store.find("acme", key),
      })),
  },
  {
    does: "finds something under every key",
    caughtBy: "find resolves to `undefined` when the workspace has nothing under that key",
    breakIt: (storage) =>
      withResources(storage, (store) => ({
        find: async (workspaceId, key) =>
          (await store.find(workspaceId, key)) ?? store.find(workspaceId, "orders-1"),
      })),
  },
  {
    does: "compares keys without letter case",
    caughtBy: bytes,
    breakIt: (storage) => withKeys(storage, (key) => key.toLowerCase()),
  },
  {
    does: "normalises keys",
    caughtBy: bytes,
    breakIt: (storage) => withKeys(storage, (key) => key.normalize()),
  },
  {
    does: "trims keys",
    caughtBy: bytes,
    breakIt: (storage) => withKeys(storage, (key) => key.trim()),
  },
  {
    does: "looks keys up in a plain object",
    caughtBy: "`__proto__` and `constructor` are keys like any other",
    breakIt: (storage) =>
      withResources(storage, (store) => ({
        find: async (workspaceId, key) =>
          key in {} ? store.find(workspaceId, "orders-1") : store.find(workspaceId, key),
      })),
  },
  {
    does: "cuts times to the second",
    caughtBy: holds,
    breakIt: (storage) =>
      withFound(storage, (found) => ({ ...found, createdAt: new Date("2026-03-02T09:00:00Z") })),
  },
  {
    does: "forgets a list",
    caughtBy: holds,
    breakIt: (storage) => withFound(storage, (found) => ({ ...found, actions: [] })),
  },
  {
    does: "keeps characters beyond U+FFFF badly",
    caughtBy: holds,
    breakIt: (storage) =>
      withFound(storage, (found) => ({
        ...found,
        description: found.description?.replaceAll(/\p{Emoji_Presentation}/gu, "?") ?? "",
      })),
  },
  {
    does: "says that a thing was made when it was last written",
    caughtBy: replaced,
    breakIt: (storage) => withFound(storage, (found) => ({ ...found, createdAt: found.updatedAt })),
  },
  {
    does: "says that a thing was last written when it was made",
    caughtBy: replaced,
    breakIt: (storage) => withFound(storage, (found) => ({ ...found, updatedAt: found.createdAt })),
  },
  {
    does: "keeps a reference to what goes in",
    caughtBy: "what goes in is copied: changing it later changes nothing stored",
    breakIt(storage) {
      const times: Date[] = [];
      return {
        ...withFound(storage, (found) => ({ ...found, createdAt: times.at(-1) ?? new Date() })),
        apply(changes) {
          times.push(changes.at);
          return storage.apply(changes);
        },
      };
    },
  },
  {
    does: "counts versions from the creation of a thing",
    caughtBy: "a thing made again after its deletion begins anew, and its version never comes back",
    breakIt: (storage) =>
      withFound(storage, (found) => ({
        ...found,
        version: found.createdAt.getTime() === found.updatedAt.getTime() ? 1 : found.version,
      })),
  },
  {
    does: "keeps what a deleted workspace held",
    caughtBy: "deleting a workspace deletes what it holds, and nothing of another one",
    breakIt: (storage) =>
      withResources(storage, (store) => ({
        find: async (workspaceId, key) =>
          (await store.find(workspaceId, key)) ?? store.find("globex", key),
      })),
  },

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
  brokenWorkspaceList("lists in reverse order", orderedIds),
  brokenWorkspaceList("repeats the last item of a page on the next one", following),
  brokenWorkspaceList("takes any limit", limits),
  brokenWorkspaceList("lists live references", copies),
  {
    does: "finds a workspace without letter case",
    caughtBy: "find resolves to `undefined` when there is no workspace of that id",
    breakIt: (storage) =>
      withWorkspaces(storage, (store) => ({ find: (id) => store.find(id.toLowerCase()) })),
  },
  {
    does: "forgets the settings of a workspace",
    caughtBy: "a workspace holds what was written, its own id, its version and its times",
    breakIt: (storage) =>
      withWorkspaces(storage, (store) => ({
        async find(id) {
          const found = await store.find(id);
          return found && { ...found, settings: { checksRequireApiKey: false } };
        },
      })),
  },
  {
    does: "never changes a workspace",
    caughtBy: "replacing a workspace changes it whole and leaves what is in it",
    breakIt: (storage) =>
      withWorkspaces(storage, (store) => ({
        async find(id) {
          const found = await store.find(id);
          return found && { ...found, name: "Acme Inc.", updatedAt: found.createdAt };
        },
      })),
  },
  {
    does: "lists a workspace where there is none",
    caughtBy: "list of an empty storage has nothing",
    breakIt: (storage) =>
      withWorkspaces(storage, (store) => ({
        list: async (page) => ({ ...(await store.list(page)), nextCursor: "more" }),
      })),
  },
  {
    does: "lists a deleted workspace",
    caughtBy: "list leaves deleted workspaces out",
    breakIt: (storage) =>
      withWorkspaces(storage, (store) => ({
        async list(page) {
          const { items, nextCursor } = await store.list(page);
          return { items: [...items, ...items], nextCursor };
        },
      })),
  },
];

function withKeys(storage: Storage, change: (key: string) => string): Storage {
  return withResources(storage, (store) => ({
    find: (workspaceId, key) => store.find(workspaceId, change(key)),
  }));
}

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

function brokenWorkspaceList(does: BrokenListName, caughtBy: string): BrokenPromise {
  return {
    does,
    caughtBy,
    breakIt: (storage) =>
      withWorkspaces(storage, (store) => ({ list: brokenLists[does]((page) => store.list(page)) })),
  };
}
