import {
  StorageError,
  type ChangeSet,
  type Storage,
  type WorkspaceConfiguration,
} from "@byot/storage";
import type { BrokenPromise } from "./broken-promise.js";

const wholeDeletion = "deleting a workspace deletes everything in it, and nothing of another one";
const oneByOne = "judges the writes of a change set one after the other";
const whole = "all writes of a change set are made, or none, wherever the refused one stands";

/** Ways to break what is promised of changes. */
export const brokenChanges: readonly BrokenPromise[] = [
  {
    does: "makes the writes of a refused change set that it can",
    caughtBy: whole,
    breakIt: (storage) =>
      withApply(storage, async (changes) => {
        try {
          return await storage.apply(changes);
        } catch (error) {
          await Promise.allSettled(separately(changes).map((each) => storage.apply(each)));
          throw error;
        }
      }),
  },
  {
    does: "compares versions and writes in two steps",
    caughtBy: "of concurrent replacements of one version exactly one wins",
    breakIt(storage) {
      const running = new Map<string, Promise<number>>();
      return withApply(storage, (changes) => {
        const first = running.get(changes.workspaceId) ?? storage.apply(changes);
        running.set(changes.workspaceId, first);
        void first.finally(() => running.delete(changes.workspaceId)).catch(() => undefined);
        return first;
      });
    },
  },
  ...[
    "a permission may name a policy and a resource of the same set, in any order",
    "a permission can be deleted together with what it names, in any order",
    "a permission can be pointed elsewhere while what it named is deleted",
    "a change set raises the revision by one, however many writes it has",
  ].map((caughtBy) => ({ does: oneByOne, caughtBy, breakIt: judgingOneByOne })),
  {
    does: "answers the revision it read before it wrote",
    caughtBy: "concurrent changes of different things all succeed, each at its own revision",
    breakIt: (storage) =>
      withApply(storage, async (changes) => {
        const before = await storage.revision(changes.workspaceId);
        await storage.apply(changes);
        return (before ?? 0) + 1;
      }),
  },
  // What should not be refused and is.
  refuses(
    "two kinds of things can have the same key in one change set",
    ({ writes }) => writes.length === 3 && writes.every(({ kind }) => kind !== "permission"),
  ),
  refuses(
    "a permission on `*` needs no resource, and keeps none from being deleted",
    ({ writes }) =>
      writes.some((write) => write.kind === "resource" && write.operation === "delete"),
  ),
  refuses(
    "a permission keeps nothing of the same name from being deleted elsewhere",
    ({ writes }) => writes.every(({ operation }) => operation === "delete"),
  ),
  refuses("what a permission names can be replaced", ({ writes }) =>
    writes.every(
      ({ operation, expectedVersion }) => operation === "put" && expectedVersion !== null,
    ),
  ),
  // What comes out of a change.
  {
    does: "counts revisions from zero",
    caughtBy: "the revision of a new workspace is 1",
    breakIt: (storage) => withApply(storage, async (changes) => (await storage.apply(changes)) - 1),
  },
  {
    does: "has a revision for every workspace",
    caughtBy: "the revision of a workspace that does not exist is `undefined`",
    breakIt: (storage) => ({
      ...storage,
      revision: async (workspaceId) => (await storage.revision(workspaceId)) ?? 0,
    }),
  },
  {
    does: "has one revision for all workspaces",
    caughtBy: "a change in one workspace leaves the revision of another one alone",
    breakIt(storage) {
      let revision = 0;
      return {
        ...withApply(storage, (changes) => {
          revision += 1;
          return storage.apply(changes);
        }),
        revision: async () => revision,
      };
    },
  },
  {
    does: "gives everything the newest version",
    caughtBy: "every thing written gets the new revision as its version, and nothing else does",
    breakIt: (storage) =>
      withConfiguration(storage, (configuration) => ({
        ...configuration,
        policies: configuration.policies.map((policy) => ({
          ...policy,
          version: configuration.revision,
        })),
      })),
  },
  {
    does: "believes the version in a value",
    caughtBy: "a record handed back as a value is written without what storage had added",
    breakIt: (storage) => ({
      ...storage,
      providers: {
        ...storage.providers,
        async find(workspaceId, id) {
          const found = await storage.providers.find(workspaceId, id);
          return found && { ...found, version: found.version === 2 ? 99 : found.version };
        },
      },
    }),
  },
  {
    does: "deletes a workspace's own record only",
    caughtBy: wholeDeletion,
    breakIt: (storage) => ({
      ...storage,
      revision: async (workspaceId) => (await storage.revision(workspaceId)) ?? 2,
    }),
  },
  {
    does: "begins the revisions of a workspace made again anew",
    caughtBy: "the revision of a workspace made again goes on, and no version comes back",
    breakIt: (storage) =>
      withApply(storage, async (changes) => {
        const revision = await storage.apply(changes);
        return changes.writes[0]?.expectedVersion === null ? 1 : revision;
      }),
  },
];

type Apply = Storage["apply"];

function withApply(storage: Storage, apply: Apply): Storage {
  return { ...storage, apply };
}

function separately(changes: ChangeSet): readonly ChangeSet[] {
  return changes.writes.map((write) => ({ ...changes, writes: [write] }));
}

function judgingOneByOne(storage: Storage): Storage {
  return withApply(storage, async (changes) => {
    let revision = 0;
    for (const each of separately(changes)) {
      revision = await storage.apply(each);
    }
    return revision;
  });
}

function refuses(caughtBy: string, which: (changes: ChangeSet) => boolean): BrokenPromise {
  return {
    does: "refuses what should be made",
    caughtBy,
    breakIt: (storage) =>
      withApply(storage, async (changes) => {
        if (which(changes)) {
          throw new StorageError("REFERENCED", "refused for no reason");
        }
        return storage.apply(changes);
      }),
  };
}

/** Changes every configuration that is read. */
export function withConfiguration(
  storage: Storage,
  change: (
    configuration: WorkspaceConfiguration,
  ) => WorkspaceConfiguration | Promise<WorkspaceConfiguration>,
): Storage {
  return {
    ...storage,
    async readConfiguration(workspaceId) {
      const configuration = await storage.readConfiguration(workspaceId);
      return configuration && change(configuration);
    },
  };
}
