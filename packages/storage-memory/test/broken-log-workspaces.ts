import type { DecisionLog, PageRequest, Storage } from "@byot/storage";
import { brokenLists, type ListOf } from "./broken-lists.js";
import { withLog, type BrokenPromise } from "./broken-promise.js";

/** Ways to break what is promised of the list of workspaces that have a log. */
export const brokenLogWorkspaces: readonly BrokenPromise[] = [
  {
    does: "lists the workspaces of the log in the order of UTF-16 code units",
    caughtBy: "listWorkspaces has those with anything in the log, each once, ordered by id",
    breakIt: (storage) => withListed(storage, (ids) => ids.toSorted((a, b) => (a < b ? -1 : 1))),
  },
  {
    does: "lists workspaces of decisions alone",
    caughtBy: "listWorkspaces has those with anything in the log, each once, ordered by id",
    breakIt: (storage) => withListed(storage, (ids) => ids.filter((id) => id !== "only-refused")),
  },
  {
    does: "lists workspaces that exist",
    caughtBy: "listWorkspaces has deleted workspaces too, and none without a record",
    breakIt: (storage) =>
      withWorkspaces(storage, async (page) => {
        const { items, nextCursor } = await storage.workspaces.list(page);
        return { items: items.map(({ id }) => id), nextCursor };
      }),
  },
  {
    does: "lists every workspace that ever had a record",
    caughtBy: "listWorkspaces has a workspace as long as anything of its log is left",
    breakIt(storage) {
      const ever = new Set<string>();
      return withListed(storage, (ids) => {
        ids.forEach((id) => ever.add(id));
        return [...ever];
      });
    },
  },
  {
    does: "lists workspaces with any limit",
    caughtBy: "a limit of listWorkspaces that is not a whole number from 1 to 200 is a `TypeError`",
    breakIt: (storage) =>
      withWorkspaces(
        storage,
        brokenLists["takes any limit"]((page) => storage.decisionLog.listWorkspaces(page)),
      ),
  },
];

function withWorkspaces(
  storage: Storage,
  listWorkspaces: DecisionLog["listWorkspaces"] & ListOf<string>,
): Storage {
  return withLog(storage, () => ({ listWorkspaces }));
}

function withListed(
  storage: Storage,
  change: (ids: readonly string[]) => readonly string[],
): Storage {
  return withWorkspaces(storage, async (page: PageRequest) => {
    const { items, nextCursor } = await storage.decisionLog.listWorkspaces(page);
    return { items: change(items), nextCursor };
  });
}
