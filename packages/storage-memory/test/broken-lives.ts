import type { RevisionListener, Storage } from "@byot/storage";
import { withConfiguration } from "./broken-changes.js";
import type { BrokenPromise } from "./broken-promise.js";

const listening = "calls the listener after each change of any workspace, its deletion too";
const closed = "after `close` every method rejects with code `CLOSED`, and none throws at once";

/** Ways to break what is promised of reading a whole workspace. */
export const brokenConfigurations: readonly BrokenPromise[] = [
  {
    does: "has a configuration for every workspace",
    caughtBy: "resolves to `undefined` when the workspace does not exist",
    breakIt: (storage) => ({
      ...storage,
      readConfiguration: async (workspaceId) =>
        (await storage.readConfiguration(workspaceId)) ?? storage.readConfiguration("acme"),
    }),
  },
  {
    does: "has nothing for a workspace without anything",
    caughtBy: "a new workspace has a configuration without anything",
    breakIt: (storage) => ({
      ...storage,
      async readConfiguration(workspaceId) {
        const configuration = await storage.readConfiguration(workspaceId);
        return configuration?.policies.length === 0 ? undefined : configuration;
      },
    }),
  },
  {
    does: "leaves permissions out of a configuration",
    caughtBy: "answers everything of the workspace, as the stores answer it",
    breakIt: (storage) => withConfiguration(storage, (read) => ({ ...read, permissions: [] })),
  },
  {
    does: "answers a configuration in the order of creation",
    caughtBy: "lists are ordered by key, in the order of the keys' UTF-8 bytes",
    breakIt: (storage) =>
      withConfiguration(storage, (read) => ({ ...read, policies: read.policies.toReversed() })),
  },
  {
    does: "answers providers in the order of their keys",
    caughtBy: "providers are in the order of their creation; replacing one does not move it",
    breakIt: (storage) =>
      withConfiguration(storage, (read) => ({
        ...read,
        providers: read.providers.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      })),
  },
  {
    does: "answers providers in the order of their last change",
    caughtBy: "providers are in the order of their creation; replacing one does not move it",
    breakIt: (storage) =>
      withConfiguration(storage, (read) => ({
        ...read,
        providers: read.providers.toSorted((a, b) => a.version - b.version),
      })),
  },
  {
    does: "answers a page of a configuration",
    caughtBy: "a configuration is read whole, however large it is",
    breakIt: (storage) =>
      withConfiguration(storage, (read) => ({ ...read, resources: read.resources.slice(0, 200) })),
  },
  {
    does: "answers a live configuration",
    caughtBy: "a configuration is a copy: changing it changes nothing stored",
    breakIt(storage) {
      const live = new Map<string, ReturnType<Storage["readConfiguration"]>>();
      return {
        ...storage,
        readConfiguration(workspaceId) {
          const answer = live.get(workspaceId) ?? storage.readConfiguration(workspaceId);
          live.set(workspaceId, answer);
          return answer;
        },
      };
    },
  },
  {
    does: "reads a configuration piece by piece",
    caughtBy: "a reader sees a whole revision or the one before it",
    breakIt: (storage) =>
      withConfiguration(storage, async (read) => {
        const { items } = await storage.policies.list(read.workspace.id, { limit: 200 });
        return { ...read, policies: items };
      }),
  },
];

/** Ways to break what is promised of listeners. */
export const brokenWatches: readonly BrokenPromise[] = [
  {
    does: "never calls a listener",
    caughtBy: listening,
    breakIt: (storage) => ({ ...storage, watchRevisions: () => () => undefined }),
  },
  {
    does: "calls listeners with the wrong revision",
    caughtBy: listening,
    breakIt: (storage) => ({
      ...storage,
      watchRevisions: (listener) =>
        storage.watchRevisions((change) => listener({ ...change, revision: 1 })),
    }),
  },
  {
    does: "calls listeners before the change",
    caughtBy: "calls the listener once the change can be read",
    breakIt: (storage) => announcingFirst(storage),
  },
  {
    does: "calls listeners after a refused change",
    caughtBy: "does not call the listener after a change that was refused",
    breakIt: (storage) => announcingFirst(storage),
  },
  {
    does: "does not stop calling",
    caughtBy: "what it returns stops the calls, and those of no other listener",
    breakIt: (storage) => ({
      ...storage,
      watchRevisions(listener) {
        storage.watchRevisions(listener);
        return () => undefined;
      },
    }),
  },
  {
    does: "calls a listener once that watches twice",
    caughtBy: "a listener that watches twice is called twice, and stopped one at a time",
    breakIt(storage) {
      const known = new Map<RevisionListener, () => void>();
      return {
        ...storage,
        watchRevisions(listener) {
          const stop = known.get(listener) ?? storage.watchRevisions(listener);
          known.set(listener, stop);
          return stop;
        },
      };
    },
  },
];

/** Ways to break what is promised of the certainty that listeners know everything. */
export const brokenConfirmations: readonly BrokenPromise[] = [
  {
    does: "was never certain of its revisions",
    caughtBy: "millisSinceConfirmed is a time in milliseconds, before and after changes",
    breakIt: (storage) => ({ ...storage, millisSinceConfirmed: () => Number.POSITIVE_INFINITY }),
  },
  {
    does: "is certain of the future",
    caughtBy: "millisSinceConfirmed is a time in milliseconds, before and after changes",
    breakIt: (storage) => ({ ...storage, millisSinceConfirmed: () => -1 }),
  },
];

/** Calls listeners with a guess, before the change is even tried. */
function announcingFirst(storage: Storage): Storage {
  const listeners = new Set<RevisionListener>();
  return {
    ...storage,
    apply(changes) {
      listeners.forEach((listener) => listener({ workspaceId: changes.workspaceId, revision: 1 }));
      return storage.apply(changes);
    },
    watchRevisions(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Ways to break what is promised of opening and closing. */
export const brokenLives: readonly BrokenPromise[] = [
  {
    does: "is never ready",
    caughtBy: "a fresh storage is empty and ready",
    breakIt: (storage) => ({ ...storage, isReady: async () => false }),
  },
  {
    does: "is ready until it is used",
    caughtBy: "a storage in use is ready",
    breakIt: (storage) => ({
      ...storage,
      isReady: async () => (await storage.workspaces.list({ limit: 1 })).items.length === 0,
    }),
  },
  {
    does: "is ready for ever",
    caughtBy: "isReady resolves to `false` after `close`",
    breakIt: (storage) => ({ ...storage, isReady: async () => true }),
  },
  {
    does: "can be used after its end",
    caughtBy: closed,
    breakIt: (storage) => ({ ...storage, close: async () => undefined }),
  },
  {
    does: "throws at once after its end",
    caughtBy: closed,
    breakIt(storage) {
      let open = true;
      return {
        ...storage,
        async close() {
          open = false;
          await storage.close();
        },
        revision(workspaceId) {
          if (!open) {
            throw new RangeError("closed");
          }
          return storage.revision(workspaceId);
        },
      };
    },
  },
  {
    does: "can be watched after its end",
    caughtBy: "watchRevisions throws with code `CLOSED` after `close`",
    breakIt: (storage) => ({ ...storage, watchRevisions: () => () => undefined }),
  },
  {
    does: "cannot be closed twice",
    caughtBy: "closing twice is fine",
    breakIt(storage) {
      let open = true;
      return {
        ...storage,
        async close() {
          if (!open) {
            throw new RangeError("closed already");
          }
          open = false;
        },
      };
    },
  },
];
