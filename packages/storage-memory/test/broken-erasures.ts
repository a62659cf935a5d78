import type { DecisionLog, DecisionRecord, ErasureCount, Storage } from "@byot/storage";
import { doubted, withReports } from "./broken-chains.js";
import { withLog, type BrokenPromise } from "./broken-promise.js";

const taken = "erasing a subject takes what is personal out of its decisions, and nothing else";

/** Ways to break what is promised of erasures. */
export const brokenErasures: readonly BrokenPromise[] = [
  {
    does: "counts what should be erased and leaves it",
    caughtBy: taken,
    breakIt: (storage) => withErasure(storage, () => async () => ({ decisions: 2, refusals: 0 })),
  },
  {
    does: "hides the decisions that were erased",
    caughtBy: taken,
    breakIt: (storage) => withDecisions(storage, ({ personal }) => personal !== undefined),
  },
  {
    does: "keeps the address of an erased subject",
    caughtBy: taken,
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        async find(workspaceId, decisionId) {
          const found = await log.find(workspaceId, decisionId);
          const personal = { subject: "", clientIp: "198.51.100.7", attributes: [] };
          return found && { personal, ...found };
        },
      })),
  },
  {
    does: "finds what was erased by an empty subject",
    caughtBy: "a query for a subject never matches what was erased",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        async list(workspaceId, query) {
          if (query.subject !== "") {
            return log.list(workspaceId, query);
          }
          const { subject: _, ...rest } = query;
          const page = await log.list(workspaceId, rest);
          return { ...page, items: page.items.filter(({ personal }) => personal === undefined) };
        },
      })),
  },
  {
    does: "does not look at the issuer of an erasure",
    caughtBy: "erasing what one issuer said of a subject leaves what others said",
    breakIt: (storage) =>
      withErasure(
        storage,
        (log) =>
          (workspaceId, { issuer: _, ...erasure }) =>
            log.eraseSubject(workspaceId, erasure),
      ),
  },
  {
    does: "erases a subject under its first name",
    caughtBy: "a subject is erased under each of its names",
    breakIt: (storage) =>
      withErasure(
        storage,
        (log) => (workspaceId, erasure) =>
          log.eraseSubject(workspaceId, { ...erasure, subjects: erasure.subjects.slice(0, 1) }),
      ),
  },
  {
    does: "erases a subject in every workspace",
    caughtBy: "erasing a subject leaves it in other workspaces",
    breakIt: (storage) =>
      withErasure(storage, (log) => async (workspaceId, erasure) => {
        await log.eraseSubject("globex", erasure);
        return log.eraseSubject(workspaceId, erasure);
      }),
  },
  {
    does: "keeps the subjects of refused tokens",
    caughtBy: "erasing a subject takes it out of refused tokens, which stay",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        async listRefusals(workspaceId, query) {
          const page = await log.listRefusals(workspaceId, query);
          return { ...page, items: page.items.map((item) => ({ subject: "ada", ...item })) };
        },
      })),
  },
  {
    does: "drops the refused tokens of an erased subject",
    caughtBy: "erasing a subject takes it out of refused tokens, which stay",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        async listRefusals(workspaceId, query) {
          const page = await log.listRefusals(workspaceId, query);
          return { ...page, items: page.items.filter(({ subject }) => subject !== undefined) };
        },
      })),
  },
  {
    does: "does not say in the chain what was erased",
    caughtBy: "an erasure is a segment of the chain, which stays intact and counts what was erased",
    breakIt: (storage) =>
      withReports(storage, (report) =>
        report.erased === 0 ? report : { ...doubted(report), erased: 0 },
      ),
  },
  {
    does: "counts the subjects of an erasure",
    caughtBy: "an erasure that finds nothing leaves the log as it is",
    breakIt: (storage) =>
      withErasure(storage, (log) => async (workspaceId, erasure) => {
        const count = await log.eraseSubject(workspaceId, erasure);
        return { ...count, decisions: erasure.subjects.length };
      }),
  },
  {
    does: "records an erasure that finds nothing",
    caughtBy: "an erasure that finds nothing leaves the log as it is",
    breakIt(storage) {
      let inVain = 0;
      const counting = withErasure(storage, (log) => async (workspaceId, erasure) => {
        const count = await log.eraseSubject(workspaceId, erasure);
        inVain += count.decisions === 0 ? 1 : 0;
        return count;
      });
      return withReports(counting, (report) => ({
        ...report,
        segments: report.segments + inVain,
      }));
    },
  },
  {
    does: "erases as much as one segment can say",
    caughtBy: "a subject with more than 512 decisions is erased whole",
    breakIt: (storage) =>
      withErasure(storage, (log) => async (workspaceId, erasure) => {
        const count = await log.eraseSubject(workspaceId, erasure);
        return { ...count, decisions: Math.min(count.decisions, 512) };
      }),
  },
  {
    does: "erases a subject once for ever",
    caughtBy: "a subject that is seen again can be erased again",
    breakIt(storage) {
      const erased = new Set<string>();
      return withErasure(storage, (log) => async (workspaceId, erasure) => {
        const subjects = erasure.subjects.filter((subject) => !erased.has(subject));
        erasure.subjects.forEach((subject) => erased.add(subject));
        return log.eraseSubject(workspaceId, { ...erasure, subjects });
      });
    },
  },
  {
    does: "forks the chain when something is appended during an erasure",
    caughtBy: "erasing while decisions are appended leaves the chain intact",
    breakIt: forkingDuringErasures,
  },
];

type EraseSubject = DecisionLog["eraseSubject"];

function withErasure(storage: Storage, erase: (log: DecisionLog) => EraseSubject): Storage {
  return withLog(storage, (log) => ({ eraseSubject: erase(log) }));
}

function withDecisions(storage: Storage, shown: (record: DecisionRecord) => boolean): Storage {
  return withLog(storage, (log) => ({
    async list(workspaceId, query) {
      const { items, nextCursor } = await log.list(workspaceId, query);
      return { items: items.filter(shown), nextCursor };
    },
  }));
}

function forkingDuringErasures(storage: Storage): Storage {
  let isErasing = false;
  let isForked = false;
  const forking = withLog(storage, (log) => ({
    append(records) {
      isForked ||= isErasing;
      return log.append(records);
    },
    async eraseSubject(workspaceId, erasure): Promise<ErasureCount> {
      isErasing = true;
      const count = await log.eraseSubject(workspaceId, erasure);
      isErasing = false;
      return count;
    },
  }));
  return withReports(forking, (report) => (isForked ? doubted(report) : report));
}
