import type { Storage } from "@byot/storage";
import { brokenLists, type BrokenListName } from "./broken-lists.js";
import { withApiKeys, withPolicies, type BrokenPromise } from "./broken-promise.js";

const newestFirst = "listVersions has every version ever written under that name, newest first";
const neverChanged =
  "a version is never changed; a write makes the next one, and that one is active";
const ofWorkspace = "list of a workspace has its keys only, ordered by id";

/** Ways to break what is promised of versions of policies. */
export const brokenPolicies: readonly BrokenPromise[] = [
  {
    does: "answers the active version for every version",
    caughtBy: neverChanged,
    breakIt: (storage) =>
      withPolicies(storage, (store) => ({
        findVersion: (workspaceId, name) => store.find(workspaceId, name),
      })),
  },
  {
    does: "finds versions that were never written",
    caughtBy: "findVersion resolves to `undefined` when that version was never written",
    breakIt: (storage) =>
      withPolicies(storage, (store) => ({
        findVersion: async (workspaceId, name, version) =>
          (await store.findVersion(workspaceId, name, version)) ?? store.find(workspaceId, name),
      })),
  },
  {
    does: "finds the first version for ever",
    caughtBy: "find and list answer active versions only",
    breakIt: (storage) =>
      withPolicies(storage, (store) => ({
        async find(workspaceId, name) {
          const { items } = await store.listVersions(workspaceId, name, { limit: 200 });
          return items.at(-1);
        },
      })),
  },
  {
    does: "forgets the versions of what was deleted",
    caughtBy: "versions outlive the policy's deletion, and its workspace's",
    breakIt: (storage) =>
      withPolicies(storage, (store) => ({
        findVersion: async (workspaceId, name, version) =>
          (await store.find(workspaceId, name)) && store.findVersion(workspaceId, name, version),
      })),
  },
  {
    does: "answers live references to versions",
    caughtBy: "a version that comes out is a copy",
    breakIt: (storage) =>
      withPolicies(storage, (store) => {
        const versions = new Map<number, ReturnType<typeof store.findVersion>>();
        return {
          findVersion(workspaceId, name, version) {
            const found = versions.get(version) ?? store.findVersion(workspaceId, name, version);
            versions.set(version, found);
            return found;
          },
        };
      }),
  },
  {
    does: "lists the versions of another name",
    caughtBy: "listVersions of an unknown name or workspace has nothing",
    breakIt: (storage) =>
      withPolicies(storage, (store) => ({
        listVersions: (workspaceId, _, page) => store.listVersions(workspaceId, "premium", page),
      })),
  },
  brokenVersionList("lists in reverse order", newestFirst),
  brokenVersionList(
    "uses positions as cursors",
    "pages of versions stay where they are while versions are written",
  ),
  brokenVersionList(
    "starts the list again at a cursor it does not know",
    "a cursor of versions that no page gave is refused with `NOT_FOUND`",
  ),
  brokenVersionList(
    "takes any limit",
    "a limit of versions that is not a whole number from 1 to 200 is a `TypeError`",
  ),
];

function brokenVersionList(does: BrokenListName, caughtBy: string): BrokenPromise {
  return {
    does,
    caughtBy,
    breakIt: (storage) =>
      withPolicies(storage, (store) => ({
        listVersions: (workspaceId, name, page) =>
          brokenLists[does]((asked) => store.listVersions(workspaceId, name, asked))(page),
      })),
  };
}

/** Ways to break what is promised of API keys. */
export const brokenApiKeys: readonly BrokenPromise[] = [
  {
    does: "finds keys without letter case",
    caughtBy: "find resolves to `undefined` when there is no key of that id",
    breakIt: (storage) =>
      withApiKeys(storage, (store) => ({ find: (id) => store.find(id.toLowerCase()) })),
  },
  {
    does: "answers `undefined` members for what was absent",
    caughtBy: "find answers what was created; what was absent stays absent",
    breakIt: (storage) =>
      withApiKeys(storage, (store) => ({
        async find(id) {
          const found = await store.find(id);
          return found && Object.assign({ expiresAt: undefined }, found);
        },
      })),
  },
  {
    does: "answers live references to keys",
    caughtBy: "records are copies, on their way in and on their way out",
    breakIt: (storage) =>
      withApiKeys(storage, (store) => {
        const found = new Map<string, ReturnType<typeof store.find>>();
        return {
          find(id) {
            const answer = found.get(id) ?? store.find(id);
            found.set(id, answer);
            return answer;
          },
        };
      }),
  },
  {
    does: "lists keys in reverse order",
    caughtBy: "list has all keys ordered by id when `workspaceId` is `undefined`",
    breakIt: (storage) => withKeyList(storage, "lists in reverse order"),
  },
  {
    does: "lists keys with any limit",
    caughtBy: "a limit that is not a whole number from 1 to 200 is a `TypeError`",
    breakIt: (storage) => withKeyList(storage, "takes any limit"),
  },
  {
    does: "lists the keys of all workspaces",
    caughtBy: ofWorkspace,
    breakIt: (storage) =>
      withApiKeys(storage, (store) => ({ list: (_, page) => store.list(undefined, page) })),
  },
  {
    does: "overwrites keys",
    caughtBy: "create rejects with `ALREADY_EXISTS` when the id is taken, by any workspace",
    breakIt: (storage) =>
      withApiKeys(storage, (store) => ({
        create: (key) => store.create(key).catch(() => undefined),
      })),
  },
  {
    does: "lets two keys of one id win",
    caughtBy: "of concurrent creations under one id exactly one wins",
    breakIt: (storage) =>
      withApiKeys(storage, (store) => ({
        async create(key) {
          const taken = await store.find(key.id);
          return taken === undefined ? store.create(key).catch(() => undefined) : store.create(key);
        },
      })),
  },
  {
    does: "hides revoked keys",
    caughtBy: "revoke marks a key, which is still found and listed",
    breakIt: (storage) =>
      withApiKeys(storage, (store) => ({
        async find(id) {
          const found = await store.find(id);
          return found?.revokedAt === undefined ? found : undefined;
        },
      })),
  },
  {
    does: "moves the time of a revocation",
    caughtBy: "a key that is already revoked keeps its first time",
    breakIt: (storage) =>
      withApiKeys(storage, (store) => {
        const times = new Map<string, Date>();
        return {
          async find(id) {
            const found = await store.find(id);
            const revokedAt = times.get(id);
            return found && revokedAt ? { ...found, revokedAt } : found;
          },
          async revoke(id, at) {
            await store.revoke(id, at);
            times.set(id, at);
          },
        };
      }),
  },
  {
    does: "revokes keys that do not exist",
    caughtBy: "revoke rejects with `NOT_FOUND` when there is no key of that id",
    breakIt: (storage) =>
      withApiKeys(storage, (store) => ({
        revoke: (id, at) => store.revoke(id, at).catch(() => undefined),
      })),
  },
  {
    does: "raises the revision for a key",
    caughtBy: "writing a key raises no revision",
    breakIt(storage) {
      let written = 0;
      return {
        ...withApiKeys(storage, (store) => ({
          create(key) {
            written += 1;
            return store.create(key);
          },
        })),
        async revision(workspaceId) {
          const revision = await storage.revision(workspaceId);
          return revision === undefined ? undefined : revision + written;
        },
      };
    },
  },
  {
    does: "keeps the keys of a deleted workspace",
    caughtBy: "deleting a workspace deletes its keys, and no others",
    breakIt: (storage) => ({
      ...storage,
      async apply(changes) {
        const { items } = await storage.apiKeys.list(changes.workspaceId, { limit: 200 });
        const revision = await storage.apply(changes);
        await Promise.allSettled(items.map((key) => storage.apiKeys.create(key)));
        return revision;
      },
    }),
  },
];

function withKeyList(storage: Storage, name: BrokenListName): Storage {
  return withApiKeys(storage, (store) => ({
    list: (workspaceId, page) => brokenLists[name]((asked) => store.list(workspaceId, asked))(page),
  }));
}
