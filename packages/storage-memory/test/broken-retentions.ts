import { StorageError, type DecisionLog, type DropCount, type Storage } from "@byot/storage";
import { doubted } from "./broken-chains.js";
import { withLog, type BrokenPromise } from "./broken-promise.js";

const wholeSegments = "dropping takes segments of which all is older, to the millisecond";
const nothing: DropCount = { segments: 0, decisions: 0, refusals: 0 };

/** Ways to break what is promised of dropping what is old. */
export const brokenRetentions: readonly BrokenPromise[] = [
  dropping(
    "drops what is as old as the limit",
    wholeSegments,
    (log) => (workspaceId, before) => log.dropBefore(workspaceId, new Date(before.getTime() + 1)),
  ),
  dropping(
    "drops by the second",
    wholeSegments,
    (log) => (workspaceId, before) =>
      log.dropBefore(workspaceId, new Date(Math.floor(before.getTime() / 1000) * 1000)),
  ),
  {
    does: "drops decisions one by one",
    caughtBy: "a segment that is old stays behind one that is not",
    breakIt(storage) {
      let limit = new Date(0);
      return withLog(storage, (log) => ({
        dropBefore(workspaceId, before) {
          limit = before;
          return log.dropBefore(workspaceId, before);
        },
        async list(workspaceId, query) {
          const { items, nextCursor } = await log.list(workspaceId, query);
          return { items: items.filter(({ at }) => at >= limit), nextCursor };
        },
      }));
    },
  },
  {
    does: "keeps the ids of what was dropped",
    caughtBy: "what was dropped is found no more, and its ids are free",
    breakIt(storage) {
      const ids = new Set<string>();
      return withLog(storage, (log) => ({
        async append(records) {
          if (records.some(({ decisionId }) => ids.has(decisionId))) {
            throw new StorageError("ALREADY_EXISTS", "one of the ids was in the log");
          }
          records.forEach(({ decisionId }) => ids.add(decisionId));
          await log.append(records);
        },
      }));
    },
  },
  dropping(
    "drops refused tokens when it drops a segment",
    "dropping takes refused tokens one by one",
    (log) => async (workspaceId, before) => {
      const { items } = await log.list(workspaceId, { limit: 1, until: before });
      return items.length === 0 ? nothing : log.dropBefore(workspaceId, before);
    },
  ),
  dropping(
    "drops from every workspace",
    "dropping leaves other workspaces alone",
    (log) => async (workspaceId, before) => {
      await log.dropBefore("globex", before);
      return log.dropBefore(workspaceId, before);
    },
  ),
  dropping(
    "says that it has dropped something",
    "dropping from a log without records drops nothing",
    (log) => async (workspaceId, before) => ({
      ...(await log.dropBefore(workspaceId, before)),
      segments: 1,
    }),
  ),
  {
    does: "misses what it has dropped itself",
    caughtBy: "what stays can be verified, from its own heads and every earlier one",
    breakIt(storage) {
      let dropped = 0;
      return withLog(storage, (log) => ({
        async dropBefore(workspaceId, before) {
          const count = await log.dropBefore(workspaceId, before);
          dropped += count.segments;
          return count;
        },
        async verify(workspaceId, expected = []) {
          const report = await log.verify(workspaceId, expected);
          return expected.some(({ sequence }) => sequence <= dropped) ? doubted(report) : report;
        },
      }));
    },
  },
  {
    does: "forgets a chain of which all was dropped",
    caughtBy: "a chain of which all was dropped keeps its head, and goes on from there",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        async checkpoint(workspaceId) {
          const { items } = await log.list(workspaceId, { limit: 1 });
          return items.length === 0 ? [] : log.checkpoint(workspaceId);
        },
      })),
  },
  dropping(
    "keeps the records of erasures for ever",
    "an erasure is dropped with its age, after the decisions it erased",
    (log) => async (workspaceId, before) => {
      const { items } = await log.list(workspaceId, { limit: 1, until: before });
      return items.length === 0 ? nothing : log.dropBefore(workspaceId, before);
    },
  ),
  ...["decisions", "refused tokens"].map((noun) => ({
    does: `forgets a cursor of ${noun} when something is dropped`,
    caughtBy: `a cursor of ${noun} stays where it is when the record there is dropped`,
    breakIt: forgettingCursors,
  })),
];

type DropBefore = DecisionLog["dropBefore"];

function dropping(
  does: string,
  caughtBy: string,
  drop: (log: DecisionLog) => DropBefore,
): BrokenPromise {
  return {
    does,
    caughtBy,
    breakIt: (storage) => withLog(storage, (log) => ({ dropBefore: drop(log) })),
  };
}

function forgettingCursors(storage: Storage): Storage {
  let isForgotten = false;

  function checkCursor(cursor: string | undefined): void {
    if (isForgotten && cursor !== undefined) {
      throw new StorageError("NOT_FOUND", "the record at the cursor is gone");
    }
  }

  return withLog(storage, (log) => ({
    dropBefore(workspaceId, before) {
      isForgotten = true;
      return log.dropBefore(workspaceId, before);
    },
    async list(workspaceId, query) {
      checkCursor(query.cursor);
      return log.list(workspaceId, query);
    },
    async listRefusals(workspaceId, query) {
      checkCursor(query.cursor);
      return log.listRefusals(workspaceId, query);
    },
  }));
}
