import type { DecisionLog, DecisionRecord, Storage } from "@byot/storage";
import { brokenLists, type BrokenListName } from "./broken-lists.js";
import { withLog, type BrokenPromise } from "./broken-promise.js";

const asAppended = "find answers a decision as it was appended";
const notOfLog = "find resolves to `undefined` when the workspace's log has no decision of that id";
const byField = "a query has only this answer, subject, resource or action";

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
    caughtBy: "a refused token without a readable issuer has none",
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
  ...(["decision", "subject", "resource", "action"] as const).map((field) => ({
    does: `does not look at the ${field} of a query`,
    caughtBy: byField,
    breakIt: (storage: Storage) =>
      withLog(storage, (log) => ({
        list: (workspaceId, { [field]: _, ...query }) => log.list(workspaceId, query),
      })),
  })),
  {
    does: "takes an absent subject for an empty one",
    caughtBy: "an absent field of a query matches everything",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        list: (workspaceId, query) => log.list(workspaceId, { subject: "", ...query }),
      })),
  },
  {
    does: "looks at one field of a query at most",
    caughtBy: "fields of a query apply together",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        list(workspaceId, { limit, ...query }) {
          const [first] = Object.entries(query);
          return log.list(workspaceId, { limit, ...Object.fromEntries(first ? [first] : []) });
        },
      })),
  },
  {
    does: "compares subjects without letter case",
    caughtBy: "fields of a query are compared byte for byte, without wildcards",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        list: (workspaceId, query) =>
          query.subject === "Ada"
            ? log.list(workspaceId, { ...query, subject: "ada" })
            : log.list(workspaceId, query),
      })),
  },
  {
    does: "looks at a query after it has cut the page",
    caughtBy: "pages of a query follow each other without repeating or skipping anything",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        async list(workspaceId, { decision, ...query }) {
          const { items, nextCursor } = await log.list(workspaceId, query);
          const wanted = items.filter((item) => item.decision === (decision ?? item.decision));
          return { items: wanted, nextCursor };
        },
      })),
  },
  {
    does: "shows another workspace to a query",
    caughtBy: "a query never shows another workspace",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        async list(workspaceId, query) {
          const own = await log.list(workspaceId, query);
          const other = await log.list("globex", { ...query, limit: 200 });
          return { ...own, items: [...other.items, ...own.items] };
        },
      })),
  },
  ...(["decisions", "refused tokens"] as const).flatMap(brokenEntries),
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

type Noun = "decisions" | "refused tokens";

/** What can go wrong with decisions as well as with refused tokens. */
function brokenEntries(noun: Noun): readonly BrokenPromise[] {
  const ordered = `${noun} are listed in the reverse order of their appending, the last one first`;
  const allOrNone = `appending ${noun} is all or none: \`ALREADY_EXISTS\` when one of the ids is in the log`;
  return [
    brokenLogList(noun, "lists in reverse order", ordered),
    brokenLogList(
      noun,
      "uses positions as cursors",
      `later pages neither repeat nor skip a record while ${noun} arrive`,
    ),
    brokenLogList(
      noun,
      "says that there is more after a last page that is full",
      `\`nextCursor\` is \`null\` on the last page of ${noun}, a full one too`,
    ),
    brokenLogList(
      noun,
      "starts the list again at a cursor it does not know",
      `a cursor of ${noun} that no page gave is refused with \`NOT_FOUND\``,
    ),
    {
      does: `goes on where a cursor of other ${noun} points`,
      caughtBy: `a cursor of ${noun} never shows another workspace`,
      breakIt: (storage) =>
        withLog(storage, (log) => ({
          list: (workspaceId, query) =>
            log.list(query.cursor === undefined ? workspaceId : "globex", query),
          listRefusals: (workspaceId, page) =>
            log.listRefusals(page.cursor === undefined ? workspaceId : "globex", page),
        })),
    },
    brokenLogList(
      noun,
      "ends every list after a thousand items",
      `three thousand ${noun} are listed once each, in order`,
    ),
    brokenLogList(
      noun,
      "takes any limit",
      `a limit of ${noun} that is not a whole number from 1 to 200 is a \`TypeError\``,
    ),
    brokenLogList(
      noun,
      "lists live references",
      `${noun} are copied, on their way in and on their way out`,
    ),
    {
      does: `shows ${noun} of another workspace`,
      caughtBy: `${noun} of one workspace are never seen in another one`,
      breakIt: (storage) => withWorkspaceOfLists(storage, () => "acme"),
    },
    {
      does: `has ${noun} where there are none`,
      caughtBy: `a workspace without ${noun} has an empty list`,
      breakIt: (storage) => withWorkspaceOfLists(storage, () => "acme"),
    },
    {
      does: `leaves ${noun} out that are in the log already`,
      caughtBy: allOrNone,
      breakIt: (storage) => withAppend(storage, (append) => append.catch(() => undefined)),
    },
    {
      does: `refuses to append no ${noun}`,
      caughtBy: `appending no ${noun} is fine`,
      breakIt: (storage) =>
        withEntries(storage, (entries) => {
          if (entries.length === 0) {
            throw new RangeError("nothing to append");
          }
          return entries;
        }),
    },
    {
      does: `appends half of the ${noun}`,
      caughtBy: `${noun} appended at the same time are all there, once`,
      breakIt: (storage) => withEntries(storage, (entries) => entries.slice(0, 1)),
    },
    {
      does: `lets several ${noun} of one id win`,
      caughtBy: `of concurrent appendings of ${noun} under one id exactly one wins`,
      breakIt: (storage) => withAppend(storage, (append) => append.catch(() => undefined)),
    },
  ];
}

function brokenLogList(noun: Noun, does: BrokenListName, caughtBy: string): BrokenPromise {
  return {
    does: `${does} of ${noun}`,
    caughtBy,
    breakIt: (storage) => withBrokenLists(storage, does),
  };
}

function withBrokenLists(storage: Storage, name: BrokenListName): Storage {
  return withLog(storage, (log) => {
    const decisions = brokenLists[name]((page) => log.list("acme", page));
    const refusals = brokenLists[name]((page) => log.listRefusals("acme", page));
    return {
      list: (workspaceId, query) =>
        workspaceId === "acme" ? decisions(query) : log.list(workspaceId, query),
      listRefusals: (workspaceId, page) =>
        workspaceId === "acme" ? refusals(page) : log.listRefusals(workspaceId, page),
    };
  });
}

function withWorkspaceOfLists(storage: Storage, change: (workspaceId: string) => string): Storage {
  return withLog(storage, (log) => ({
    list: (workspaceId, query) => log.list(change(workspaceId), query),
    listRefusals: (workspaceId, page) => log.listRefusals(change(workspaceId), page),
  }));
}

function withAppend(storage: Storage, change: (append: Promise<void>) => Promise<void>): Storage {
  return withLog(storage, (log) => ({
    append: (records) => change(log.append(records)),
    appendRefusals: (records) => change(log.appendRefusals(records)),
  }));
}

function withEntries(
  storage: Storage,
  change: <Entry>(entries: readonly Entry[]) => readonly Entry[],
): Storage {
  return withLog(storage, (log: DecisionLog) => ({
    append: async (records) => log.append(change(records)),
    appendRefusals: async (records) => log.appendRefusals(change(records)),
  }));
}
