import type { DecisionRecord, Storage } from "@byot/storage";
import { expect } from "vitest";
import { everyPage } from "../assertions/every-page.js";
import { awkwardText } from "../samples/sample-keys.js";
import {
  decisionAbout,
  decisionRecord,
  personalFields,
  recordTime,
} from "../samples/sample-log-records.js";
import {
  filterFields,
  filterOf,
  variedBy,
  variedDecisions,
  type DecisionFilter,
} from "../samples/sample-varied-decisions.js";
import type { CaseTable } from "../storage-case.js";

const fieldCases: CaseTable = {
  "an absent field of a query matches everything": async ({ storage }) => {
    await storage.decisionLog.append(variedDecisions);
    expect(await wanted(storage, {})).toStrictEqual(variedDecisions.toReversed());
  },
  ...Object.fromEntries(
    filterFields.map((field) => [
      `a query has only the ${field} it names`,
      async ({ storage }: { readonly storage: Storage }) => {
        await storage.decisionLog.append(variedDecisions);
        for (const record of variedDecisions) {
          const filter = filterOf(record, [field]);
          const found = await wanted(storage, filter);
          expect(found).toStrictEqual(variedBy(filter));
        }
        expect(await wanted(storage, { [field]: "nobody" })).toStrictEqual([]);
      },
    ]),
  ),
  "a decision is found by each of the policies and rules it rests on": async ({ storage }) => {
    await storage.decisionLog.append(variedDecisions);
    for (const filter of [
      { policyId: "premium" },
      { policyId: "office-hours" },
      { ruleId: "premium-only" },
      { ruleId: "weekdays" },
    ]) {
      const found = await wanted(storage, filter);
      expect(found).toStrictEqual(variedBy(filter));
      expect(found.some(({ determining }) => determining.length === 2)).toBe(true);
    }
  },
  "a query for a policy and a rule wants that rule of that policy": async ({ storage }) => {
    await storage.decisionLog.append(variedDecisions);
    const both = { policyId: "premium", ruleId: "premium-only" };
    expect(await wanted(storage, both)).toStrictEqual(variedBy(both));
    // There are decisions that rest on this policy, and on a rule of this id of another one.
    expect(await wanted(storage, { ...both, ruleId: "weekdays" })).toStrictEqual([]);
  },
  "a decision that rests on one policy twice is listed once": async ({ storage }) => {
    const [ground] = decisionRecord(1).determining;
    const twice = decisionRecord(1, {
      determining: ground === undefined ? [] : [ground, { ...ground, ruleId: "second-rule" }],
    });
    await storage.decisionLog.append([twice]);
    expect(await wanted(storage, { policyId: "premium" })).toStrictEqual([twice]);
    expect(await wanted(storage, { ruleId: "second-rule" })).toStrictEqual([twice]);
  },
};

const togetherCases: CaseTable = {
  "two fields of a query apply together, whichever they are": async ({ storage }) => {
    await storage.decisionLog.append(variedDecisions);
    for (const [index, first] of filterFields.entries()) {
      for (const second of filterFields.slice(index + 1)) {
        for (const record of [variedDecisions[0], variedDecisions[41]]) {
          const filter = filterOf(record ?? decisionRecord(0), [first, second]);
          expect(await wanted(storage, filter)).toStrictEqual(variedBy(filter));
        }
      }
    }
  },
  "all fields of a query apply together": async ({ storage }) => {
    await storage.decisionLog.append(variedDecisions);
    for (const record of variedDecisions.slice(0, 10)) {
      const filter = {
        ...filterOf(record, filterFields),
        from: record.at,
        until: new Date(record.at.getTime() + 1),
      };
      expect(await wanted(storage, filter)).toStrictEqual([record]);
      expect(await wanted(storage, { ...filter, until: record.at })).toStrictEqual([]);
      for (const field of filterFields) {
        expect(await wanted(storage, { ...filter, [field]: "nobody" })).toStrictEqual([]);
      }
    }
  },
  "the time of a query and its other fields apply together": async ({ storage }) => {
    await storage.decisionLog.append(variedDecisions);
    for (const field of filterFields) {
      const filter = {
        ...filterOf(decisionRecord(0), [field]),
        from: recordTime(8),
        until: recordTime(40),
      };
      const paged = await everyPage(3, (page) =>
        storage.decisionLog.list("acme", { ...page, ...filter }),
      );
      expect(paged).toStrictEqual(variedBy(filter));
      expect(paged.length).toBeGreaterThan(3);
    }
  },
};

const comparisonCases: CaseTable = {
  "fields of a query are compared byte for byte, without wildcards": async ({ storage }) => {
    await storage.decisionLog.append(variedDecisions);
    for (const subject of ["Ada", "ada ", "a%", "a_a", "*", ""]) {
      expect(await wanted(storage, { subject })).toStrictEqual([]);
    }
    for (const policyId of ["Premium", "premium ", "prem%", "*", "", "__proto__"]) {
      expect(await wanted(storage, { policyId })).toStrictEqual([]);
    }
    const odd = decisionAbout(awkwardText, 99, { resource: awkwardText });
    await storage.decisionLog.append([odd]);
    expect(await wanted(storage, { subject: awkwardText })).toStrictEqual([odd]);
    expect(await wanted(storage, { resource: awkwardText })).toStrictEqual([odd]);
  },
  "pages of a query follow each other without repeating or skipping anything": async ({
    storage,
  }) => {
    await storage.decisionLog.append(variedDecisions);
    for (const field of filterFields) {
      const filter = filterOf(decisionRecord(0), [field]);
      const paged = await everyPage(2, (page) =>
        storage.decisionLog.list("acme", { ...page, ...filter }),
      );
      expect(paged).toStrictEqual(variedBy(filter));
    }
  },
  "a query never shows another workspace": async ({ storage }) => {
    const elsewhere = decisionRecord(99, {
      workspaceId: "globex",
      personal: personalFields("ben"),
    });
    await storage.decisionLog.append([...variedDecisions, elsewhere]);
    for (const field of filterFields) {
      const filter = filterOf(elsewhere, [field]);
      expect(await wanted(storage, filter)).toStrictEqual(variedBy(filter));
    }
  },
};

async function wanted(
  storage: Storage,
  filter: DecisionFilter,
): Promise<readonly DecisionRecord[]> {
  const { items } = await storage.decisionLog.list("acme", { ...filter, limit: 200 });
  return items;
}

/** What the queries of decisions promise. */
export const decisionFilterCases: CaseTable = {
  ...fieldCases,
  ...togetherCases,
  ...comparisonCases,
};
