import type { Storage } from "@byot/storage";
import { withFound, withResources, type BrokenPromise } from "./broken-promise.js";

const copies = "records that come out are copies: changing one changes nothing stored";
const bytes = "keys are compared byte for byte: `Orders` is not `orders`";
const holds = "a record holds what was written, its workspace, its version and its times";
const replaced = "replacing a thing changes it whole, moves `updatedAt` and keeps `createdAt`";

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
];

function withKeys(storage: Storage, change: (key: string) => string): Storage {
  return withResources(storage, (store) => ({
    find: (workspaceId, key) => store.find(workspaceId, change(key)),
  }));
}
