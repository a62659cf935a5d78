import type { ChainHead, ChainReport, DecisionLog, DecisionRecord, Storage } from "@byot/storage";
import { withLog, type BrokenPromise } from "./broken-promise.js";

const inventedHead: ChainHead = { writerId: "genesis", sequence: 0, hash: "0".repeat(64) };

const missedHeads = [
  "verify misses the tail of a chain that ends before an expected head",
  "verify misses a chain that was expected and is not there",
  "verify misses the chain of one workspace in another one",
  "verify finds an expected head whose hash is another one",
  "verify still misses a tail behind what was dropped",
];

/** Ways to break what is promised of the chains of the decision log. */
export const brokenChains: readonly BrokenPromise[] = [
  {
    does: "has a chain before the first decision",
    caughtBy: "a workspace without decisions has no chain",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        async checkpoint(workspaceId) {
          const heads = await log.checkpoint(workspaceId);
          return heads.length === 0 ? [inventedHead] : heads;
        },
      })),
  },
  ...[
    "each append is one segment of the chain, whatever it holds",
    "an append to several workspaces is one segment in each",
  ].map((caughtBy) => ({
    does: "makes a segment of each decision",
    caughtBy,
    breakIt: (storage: Storage) => withAppends(storage, appendOneByOne),
  })),
  {
    does: "chains refused tokens together with decisions",
    caughtBy: "refused tokens and reading leave the chain as it is",
    breakIt(storage) {
      let refusals = 0;
      return withLog(storage, (log) => ({
        async appendRefusals(records) {
          await log.appendRefusals(records);
          refusals += 1;
        },
        async checkpoint(workspaceId) {
          const heads = await log.checkpoint(workspaceId);
          return heads.map((head) => ({ ...head, sequence: head.sequence + refusals }));
        },
      }));
    },
  },
  {
    does: "counts the decisions of one segment",
    caughtBy: "verify counts chains, segments and decisions, and answers the heads",
    breakIt: (storage) =>
      withReports(storage, (report) => ({ ...report, decisions: report.decisions / 2 })),
  },
  doubting(
    "seals the text of a value and keeps the value",
    "a chain of whatever a record can hold is intact",
    (records) => records.some(({ errors }) => errors.length > 0),
  ),
  doubting(
    "reads no more than 500 decisions of a segment",
    "a chain with full segments is intact",
    (records) => records.length > 500,
  ),
  {
    does: "makes one segment of what is appended at the same time",
    caughtBy: "concurrent appends give one intact chain with a segment for each",
    breakIt: (storage) => withAppends(storage, appendTogether()),
  },
  ...[
    "a refused append leaves the chains intact, and others go on",
    "appends that are refused beside others leave the chains intact",
  ].map((caughtBy) => ({
    does: "goes on with a chain from a segment that was not written",
    caughtBy,
    breakIt(storage: Storage) {
      let refused = false;
      const failing = withAppends(storage, (log, records) =>
        log.append(records).catch((refusal: unknown) => {
          refused = true;
          throw refusal;
        }),
      );
      return withReports(failing, (report) => (refused ? doubted(report) : report));
    },
  })),
  {
    does: "compares an expected head with the last one alone",
    caughtBy: "verify accepts every earlier checkpoint",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        async verify(workspaceId, expected = []) {
          const report = await log.verify(workspaceId, expected);
          const last = new Set(report.heads.map(({ hash }) => hash));
          return expected.every(({ hash }) => last.has(hash)) ? report : doubted(report);
        },
      })),
  },
  ...missedHeads.map((caughtBy) => ({
    does: "does not look for the heads that are expected",
    caughtBy,
    breakIt: (storage: Storage) =>
      withLog(storage, (log) => ({ verify: (workspaceId: string) => log.verify(workspaceId) })),
  })),
  {
    does: "stops counting at a hundred problems",
    caughtBy: "verify counts each head that is missing, and names the first hundred",
    breakIt: (storage) =>
      withReports(storage, (report) => ({ ...report, problemCount: report.problems.length })),
  },
];

/** Changes what a verification says. */
export function withReports(
  storage: Storage,
  change: (report: ChainReport) => ChainReport,
): Storage {
  return withLog(storage, (log) => ({
    verify: async (workspaceId, expected) => change(await log.verify(workspaceId, expected)),
  }));
}

/** A report that finds something wrong. */
export function doubted(report: ChainReport): ChainReport {
  const problem = { kind: "segment_changed", writerId: "any", sequence: 1 } as const;
  return {
    ...report,
    intact: false,
    problemCount: report.problemCount + 1,
    problems: [...report.problems, problem],
  };
}

type Append = (log: DecisionLog, records: readonly DecisionRecord[]) => Promise<void>;

function withAppends(storage: Storage, append: Append): Storage {
  return withLog(storage, (log) => ({ append: (records) => append(log, records) }));
}

async function appendOneByOne(log: DecisionLog, records: readonly DecisionRecord[]): Promise<void> {
  for (const record of records) {
    await log.append([record]);
  }
}

function appendTogether(): Append {
  let waiting: DecisionRecord[] = [];
  let written: Promise<void> | undefined;
  return (log, records) => {
    waiting.push(...records);
    written ??= Promise.resolve().then(() => {
      const together = waiting;
      waiting = [];
      written = undefined;
      return log.append(together);
    });
    return written;
  };
}

/** Finds something wrong in a chain after it was given records of some kind. */
function doubting(
  does: string,
  caughtBy: string,
  when: (records: readonly DecisionRecord[]) => boolean,
): BrokenPromise {
  return {
    does,
    caughtBy,
    breakIt(storage) {
      let isDoubtful = false;
      const watching = withAppends(storage, (log, records) => {
        isDoubtful ||= when(records);
        return log.append(records);
      });
      return withReports(watching, (report) => (isDoubtful ? doubted(report) : report));
    },
  };
}
