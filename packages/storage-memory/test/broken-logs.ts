import type { DecisionRecord, Storage } from "@byot/storage";
import { withLog, type BrokenPromise } from "./broken-promise.js";

const asAppended = "find answers a decision as it was appended";
const notOfLog = "find resolves to `undefined` when the workspace's log has no decision of that id";

/** Ways to break what is promised of the decision log. */
export const brokenLogs: readonly BrokenPromise[] = [
  {
    does: "forgets the workspace when it finds a decision",
    caughtBy: notOfLog,
    breakIt: (storage) =>
      withLog(storage, (log) => ({ find: (_, decisionId) => log.find("acme", decisionId) })),
  },
  {
    does: "finds a decision without errors",
    caughtBy: asAppended,
    breakIt: (storage) => withDecisions(storage, (decision) => ({ ...decision, errors: [] })),
  },
  {
    does: "cuts the times of decisions to the second",
    caughtBy: asAppended,
    breakIt: (storage) =>
      withDecisions(storage, (decision) => ({
        ...decision,
        at: new Date(Math.floor(decision.at.getTime() / 1000) * 1000),
      })),
  },
  {
    does: "keeps revisions in 32 bits",
    caughtBy: asAppended,
    breakIt: (storage) =>
      withDecisions(storage, (decision) => ({ ...decision, revision: decision.revision | 0 })),
  },
  {
    does: "finds live references to decisions",
    caughtBy: "a found decision is a copy",
    breakIt(storage) {
      const found = new Map<string, DecisionRecord>();
      return withDecisions(storage, (decision) => {
        const answer = found.get(decision.decisionId) ?? decision;
        found.set(decision.decisionId, answer);
        return answer;
      });
    },
  },
  {
    does: "answers an empty issuer for one that could not be read",
    caughtBy: "what is not known of a refused token is absent",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        async listRefusals(workspaceId, page) {
          const { items, nextCursor } = await log.listRefusals(workspaceId, page);
          return { items: items.map((item) => ({ unverifiedIssuer: "", ...item })), nextCursor };
        },
      })),
  },
  {
    does: "loses the log together with the workspace",
    caughtBy: "the log needs no workspace, and outlives its deletion",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        find: async (workspaceId, decisionId) =>
          (await storage.revision(workspaceId)) === undefined
            ? undefined
            : log.find(workspaceId, decisionId),
      })),
  },
  {
    does: "answers `undefined` members for what was absent from a decision",
    caughtBy: "what was absent from a decision stays absent",
    breakIt: (storage) =>
      withDecisions(storage, ({ personal, ...decision }) => ({
        ...decision,
        ...(personal && { personal: Object.assign({ clientIp: undefined }, personal) }),
      })),
  },
  {
    does: "counts every refusal as one",
    caughtBy: "a refusal says how many it stands for",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        async listRefusals(workspaceId, page) {
          const { items, nextCursor } = await log.listRefusals(workspaceId, page);
          return { items: items.map((item) => ({ ...item, count: 1 })), nextCursor };
        },
      })),
  },
  {
    does: "takes a hundred decisions at once",
    caughtBy: "512 decisions can be appended at once",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        async append(records) {
          if (records.length > 100) {
            throw new TypeError("too many");
          }
          await log.append(records);
        },
      })),
  },
  {
    does: "takes any number of decisions at once",
    caughtBy: "more than 512 decisions at once are a `TypeError`, whatever their workspaces",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        async append(records) {
          await log.append(records.slice(0, 512));
          await log.append(records.slice(512));
        },
      })),
  },
  {
    does: "leaves decisions out that come without their person",
    caughtBy: "a decision without `personal` is a `TypeError`, and none is written",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        append: (records) => log.append(records.filter(({ personal }) => personal !== undefined)),
      })),
  },
];

function withDecisions(
  storage: Storage,
  change: (decision: DecisionRecord) => DecisionRecord,
): Storage {
  return withLog(storage, (log) => ({
    async find(workspaceId, decisionId) {
      const found = await log.find(workspaceId, decisionId);
      return found && change(found);
    },
  }));
}
