import { brokenLists, type BrokenListName } from "./broken-lists.js";
import { withPolicies, type BrokenPromise } from "./broken-promise.js";

const newestFirst = "listVersions has every version ever written under that name, newest first";
const neverChanged =
  "a version is never changed; a write makes the next one, and that one is active";

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
