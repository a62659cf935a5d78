import type { DecisionQuery, DecisionRecord, Page, RefusalQuery, Storage } from "@byot/storage";
import { withLog, type BrokenPromise } from "./broken-promise.js";

const fields = [
  "decision",
  "reason",
  "subject",
  "issuer",
  "providerId",
  "resource",
  "action",
  "policyId",
  "ruleId",
] as const satisfies readonly (keyof DecisionQuery)[];

const refusalCode = "a query of refused tokens has only the code it names";

/** Ways to break what is promised of the queries of decisions and refused tokens. */
export const brokenLogFilters: readonly BrokenPromise[] = [
  ...fields.flatMap((field) => [
    querying(
      `does not look at the ${field} of a query`,
      `a query has only the ${field} it names`,
      ({ [field]: _, ...query }) => query,
    ),
    querying(
      `forgets the ${field} of a query beside others`,
      "all fields of a query apply together",
      ({ [field]: value, ...query }) =>
        Object.keys(query).length > 1 ? query : { ...query, [field]: value },
    ),
  ]),
  querying(
    "takes an absent subject for an empty one",
    "an absent field of a query matches everything",
    (query) => ({ subject: "", ...query }),
  ),
  relisting(
    "looks at the first rule that a decision rests on",
    "a decision is found by each of the policies and rules it rests on",
    (items, { policyId }) =>
      items.filter(
        ({ determining }) => policyId === undefined || determining[0]?.policyId === policyId,
      ),
  ),
  {
    does: "looks for the policy and the rule of a query apart",
    caughtBy: "a query for a policy and a rule wants that rule of that policy",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        async list(workspaceId, { ruleId, ...query }) {
          const { items, nextCursor } = await log.list(workspaceId, query);
          const wanted = items.filter(({ determining }) =>
            determining.some((rule) => rule.ruleId === (ruleId ?? rule.ruleId)),
          );
          return { items: wanted, nextCursor };
        },
      })),
  },
  relisting(
    "lists a decision once for each rule it rests on",
    "a decision that rests on one policy twice is listed once",
    (items) => items.flatMap((item) => item.determining.map(() => item)),
  ),
  querying(
    "looks at one field of a query at most",
    "two fields of a query apply together, whichever they are",
    ({ limit, ...query }) => {
      const [first] = Object.entries(query);
      return { limit, ...Object.fromEntries(first ? [first] : []) };
    },
  ),
  querying(
    "compares subjects without letter case",
    "fields of a query are compared byte for byte, without wildcards",
    (query) =>
      query.subject === undefined ? query : { ...query, subject: query.subject.toLowerCase() },
  ),
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
  queryingRefusals(
    "does not look at the code of a query",
    refusalCode,
    ({ code: _, ...query }) => query,
  ),
  queryingRefusals("compares codes without letter case", refusalCode, (query) =>
    query.code === undefined ? query : { ...query, code: query.code.toLowerCase() },
  ),
  queryingRefusals(
    "takes an absent code for an expired token",
    "an absent code of a query matches every refused token",
    (query) => ({ code: "token_expired", ...query }),
  ),
  {
    does: "looks at the code of a query after it has cut the page",
    caughtBy: "the code and the time of a query of refused tokens apply together, page by page",
    breakIt: (storage) =>
      withLog(storage, (log) => ({
        async listRefusals(workspaceId, { code, ...query }) {
          const { items, nextCursor } = await log.listRefusals(workspaceId, query);
          return { items: items.filter((item) => item.code === (code ?? item.code)), nextCursor };
        },
      })),
  },
];

function querying(
  does: string,
  caughtBy: string,
  change: (query: DecisionQuery) => DecisionQuery,
): BrokenPromise {
  return {
    does,
    caughtBy,
    breakIt: (storage: Storage) =>
      withLog(storage, (log) => ({
        list: (workspaceId, query) => log.list(workspaceId, change(query)),
      })),
  };
}

function queryingRefusals(
  does: string,
  caughtBy: string,
  change: (query: RefusalQuery) => RefusalQuery,
): BrokenPromise {
  return {
    does,
    caughtBy,
    breakIt: (storage: Storage) =>
      withLog(storage, (log) => ({
        listRefusals: (workspaceId, query) => log.listRefusals(workspaceId, change(query)),
      })),
  };
}

function relisting(
  does: string,
  caughtBy: string,
  change: (items: readonly DecisionRecord[], query: DecisionQuery) => Page<DecisionRecord>["items"],
): BrokenPromise {
  return {
    does,
    caughtBy,
    breakIt: (storage: Storage) =>
      withLog(storage, (log) => ({
        async list(workspaceId, query) {
          const { items, nextCursor } = await log.list(workspaceId, query);
          return { items: change(items, query), nextCursor };
        },
      })),
  };
}
