import { defaultWorkspaceSettings, type WorkspaceSettings } from "@byot/storage";
import { brokenLists, type BrokenListName } from "./broken-lists.js";
import { withWorkspaces, type BrokenPromise } from "./broken-promise.js";

const copies = "records that come out are copies: changing one changes nothing stored";
const limits = "a limit that is not a whole number from 1 to 200 is a `TypeError`";
const following = "pages follow each other without repeating or skipping anything";
const orderedIds = "list has all workspaces, ordered by id, in the order of their UTF-8 bytes";

/** Ways to break what is promised of workspaces. */
export const brokenWorkspaces: readonly BrokenPromise[] = [
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
          return found && { ...found, settings: defaultWorkspaceSettings };
        },
      })),
  },
  {
    does: "keeps the first settings of a workspace",
    caughtBy: "the settings of a workspace are kept, and replaced, whole",
    breakIt: (storage) =>
      withWorkspaces(storage, (store) => {
        const settings = new Map<string, WorkspaceSettings>();
        return {
          async find(id) {
            const found = await store.find(id);
            return found && { ...found, settings: firstOf(settings, id, found.settings) };
          },
        };
      }),
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

function firstOf<Value>(known: Map<string, Value>, id: string, value: Value): Value {
  const first = known.get(id) ?? value;
  known.set(id, first);
  return first;
}

function brokenWorkspaceList(does: BrokenListName, caughtBy: string): BrokenPromise {
  return {
    does,
    caughtBy,
    breakIt: (storage) =>
      withWorkspaces(storage, (store) => ({ list: brokenLists[does]((page) => store.list(page)) })),
  };
}
