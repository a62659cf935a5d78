import type { ApiKeyRecord, Storage } from "@byot/storage";
import { brokenLists, type BrokenListName } from "./broken-lists.js";
import { withApiKeys, type BrokenPromise } from "./broken-promise.js";

const ofWorkspace = "list of a workspace has its keys only, ordered by id";
const workspaceNeeded =
  "create rejects with `NOT_FOUND` when the workspace it is bound to does not exist, or was deleted";

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
        create: (key, origin) => store.create(key, origin).catch(() => undefined),
      })),
  },
  {
    does: "takes keys of workspaces that never were",
    caughtBy: workspaceNeeded,
    breakIt: (storage) => takingKeys(storage, (wasThere) => !wasThere),
  },
  {
    does: "takes keys of deleted workspaces",
    caughtBy: workspaceNeeded,
    breakIt: (storage) => takingKeys(storage, (wasThere) => wasThere),
  },
  {
    does: "keeps the key that it refuses",
    caughtBy: workspaceNeeded,
    breakIt: (storage) =>
      withApiKeys(storage, (store) => ({
        create: (key, origin) =>
          store.create(key, origin).catch(async (refusal: unknown) => {
            await store.create(unbound(key), origin);
            throw refusal;
          }),
      })),
  },
  {
    does: "lets two keys of one id win",
    caughtBy: "of concurrent creations under one id exactly one wins",
    breakIt: (storage) =>
      withApiKeys(storage, (store) => ({
        async create(key, origin) {
          const taken = await store.find(key.id);
          const created = store.create(key, origin);
          return taken === undefined ? created.catch(() => undefined) : created;
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
          async revoke(id, at, origin) {
            await store.revoke(id, at, origin);
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
        revoke: (id, at, origin) => store.revoke(id, at, origin).catch(() => undefined),
      })),
  },
  {
    does: "raises the revision for a key",
    caughtBy: "writing a key raises no revision",
    breakIt(storage) {
      let written = 0;
      return {
        ...withApiKeys(storage, (store) => ({
          create(key, origin) {
            written += 1;
            return store.create(key, origin);
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
    breakIt: (storage) =>
      withApiKeys(storage, (store) => ({
        create: (key, origin) => store.create(unbound(key), origin),
      })),
  },
];

function unbound(key: ApiKeyRecord): ApiKeyRecord {
  const { workspaceId: _, ...rest } = key;
  return rest;
}

/** Takes keys of workspaces that do not exist, of those alone that `takes` chooses by whether they ever did. */
function takingKeys(storage: Storage, takes: (wasThere: boolean) => boolean): Storage {
  const everThere = new Set<string>();
  storage.watchRevisions(({ workspaceId }) => everThere.add(workspaceId));
  return withApiKeys(storage, (store) => ({
    create: (key, origin) =>
      store.create(key, origin).catch((refusal: unknown) => {
        if (!takes(everThere.has(key.workspaceId ?? ""))) {
          throw refusal;
        }
      }),
  }));
}

function withKeyList(storage: Storage, name: BrokenListName): Storage {
  return withApiKeys(storage, (store) => ({
    list: (workspaceId, page) => brokenLists[name]((asked) => store.list(workspaceId, asked))(page),
  }));
}
