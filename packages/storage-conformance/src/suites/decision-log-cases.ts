import type { DecisionQuery, DecisionRecord, Storage, TokenRefusalRecord } from "@byot/storage";
import { expect } from "vitest";
import { everyPage } from "../assertions/every-page.js";
import { overwrite } from "../assertions/overwrite.js";
import { createWorkspace, deleteWorkspace } from "../samples/sample-changes.js";
import { awkwardText } from "../samples/sample-keys.js";
import {
  decisionRecord,
  numbers,
  recordId,
  recordTime,
  refusalRecord,
} from "../samples/sample-log-records.js";
import { casesOf, type CaseTable, type StorageCase } from "../storage-case.js";
import { appendLogCases, type SampleLog } from "./append-log-cases.js";
import { logFromCases } from "./log-from-cases.js";

const undetermined: DecisionRecord = decisionRecord(1, {
  at: new Date("1999-12-31T23:59:59.999Z"),
  revision: Number.MAX_SAFE_INTEGER,
  subject: awkwardText,
  decision: "Deny",
  reason: "undetermined",
  determining: [
    { policyId: "orders", policyVersion: 9, ruleId: null, effect: "Deny", priority: -1 },
    { policyId: awkwardText, policyVersion: 1, ruleId: "__proto__", effect: "Deny", priority: 0 },
  ],
  errors: [
    {
      code: "missing_attribute",
      attribute: "request_metadata.orderAmount",
      expected: "integer",
      policyId: "orders",
      ruleId: "small-orders",
      path: "conditions/1",
      decisive: true,
    },
  ],
  durationMicros: 0,
});

const findCases: CaseTable = {
  "find answers a decision as it was appended": async ({ storage }) => {
    await storage.decisionLog.append([undetermined, decisionRecord(2)]);
    expect(await storage.decisionLog.find("acme", recordId(1))).toStrictEqual(undetermined);
    expect(await storage.decisionLog.find("acme", recordId(2))).toStrictEqual(decisionRecord(2));
  },
  "find resolves to `undefined` when the workspace's log has no decision of that id": async ({
    storage,
  }) => {
    await storage.decisionLog.append([decisionRecord(1)]);
    await storage.decisionLog.appendRefusals([refusalRecord(2)]);
    expect(await storage.decisionLog.find("globex", recordId(1))).toBeUndefined();
    for (const id of [recordId(2), recordId(3), "", "__proto__", "constructor"]) {
      expect(await storage.decisionLog.find("acme", id)).toBeUndefined();
    }
  },
  "a found decision is a copy": async ({ storage }) => {
    await storage.decisionLog.append([undetermined]);
    overwrite(await storage.decisionLog.find("acme", recordId(1)));
    expect(await storage.decisionLog.find("acme", recordId(1))).toStrictEqual(undetermined);
  },
  "a refused token without a readable issuer has none": async ({ storage }) => {
    const { unverifiedIssuer: _, ...unreadable } = refusalRecord(1);
    await storage.decisionLog.appendRefusals([unreadable]);
    const { items } = await storage.decisionLog.listRefusals("acme", { limit: 1 });
    expect(items).toStrictEqual([unreadable]);
  },
  "the log needs no workspace, and outlives its deletion": async ({ storage }) => {
    await storage.decisionLog.append([decisionRecord(1)]);
    await createWorkspace(storage, "acme");
    await storage.decisionLog.appendRefusals([refusalRecord(1)]);
    await deleteWorkspace(storage, "acme");
    expect(await storage.decisionLog.find("acme", recordId(1))).toStrictEqual(decisionRecord(1));
    const refusals = await storage.decisionLog.listRefusals("acme", { limit: 200 });
    expect(refusals.items).toStrictEqual([refusalRecord(1)]);
  },
};

const filterCases: CaseTable = {
  "an absent field of a query matches everything": async ({ storage }) => {
    await appendVaried(storage);
    expect(await wanted(storage, {})).toHaveLength(varied.length);
  },
  "a query has only this answer, subject, resource or action": async ({ storage }) => {
    await appendVaried(storage);
    for (const query of [
      { decision: "Allow" },
      { decision: "Deny" },
      { subject: "ben" },
      { resource: "premium-features" },
      { action: "approve" },
    ] as const) {
      expect(await wanted(storage, query)).toStrictEqual(expected(query));
      expect(expected(query).length).toBeGreaterThan(0);
    }
  },
  "fields of a query apply together": async ({ storage }) => {
    await appendVaried(storage);
    const query = {
      decision: "Deny",
      subject: "ada",
      resource: "orders",
      action: "approve",
    } as const;
    expect(await wanted(storage, query)).toStrictEqual(expected(query));
    expect(await wanted(storage, { ...query, action: "delete" })).toStrictEqual([]);
  },
  "the time of a query and its other fields apply together": async ({ storage }) => {
    await appendVaried(storage);
    const filter = { decision: "Deny", subject: "ada" } as const;
    const later = expected(filter).filter(({ at }) => at >= recordTime(8));
    expect(await wanted(storage, { ...filter, from: recordTime(8) })).toStrictEqual(later);
    const paged = await everyPage(1, (page) =>
      storage.decisionLog.list("acme", { ...page, ...filter, from: recordTime(8) }),
    );
    expect(paged).toStrictEqual(later);
    expect(later.map(({ decisionId }) => decisionId)).toStrictEqual([recordId(10), recordId(8)]);
  },
  "fields of a query are compared byte for byte, without wildcards": async ({ storage }) => {
    await appendVaried(storage);
    for (const subject of ["Ada", "ada ", "a%", "a_a", "*", ""]) {
      expect(await wanted(storage, { subject })).toStrictEqual([]);
    }
    const odd = decisionRecord(99, { subject: awkwardText });
    await storage.decisionLog.append([odd]);
    expect(await wanted(storage, { subject: awkwardText })).toStrictEqual([odd]);
  },
  "pages of a query follow each other without repeating or skipping anything": async ({
    storage,
  }) => {
    await appendVaried(storage);
    const paged = await everyPage(2, (page) =>
      storage.decisionLog.list("acme", { ...page, decision: "Deny" }),
    );
    expect(paged).toStrictEqual(expected({ decision: "Deny" }));
  },
  "a query never shows another workspace": async ({ storage }) => {
    await appendVaried(storage);
    await storage.decisionLog.append([
      decisionRecord(99, { workspaceId: "globex", subject: "ben" }),
    ]);
    expect(await wanted(storage, { subject: "ben" })).toStrictEqual(expected({ subject: "ben" }));
  },
};

/** Twelve decisions: every second one a Deny, every third one Ben's, and so on. */
const varied: readonly DecisionRecord[] = numbers(1, 12).map((n) =>
  decisionRecord(n, {
    decision: n % 2 === 0 ? "Deny" : "Allow",
    subject: n % 3 === 0 ? "ben" : "ada",
    resource: n % 4 === 3 ? "premium-features" : "orders",
    action: n % 5 < 2 ? "read" : "approve",
  }),
);

type Filter = Omit<DecisionQuery, "limit" | "cursor">;

async function appendVaried(storage: Storage): Promise<void> {
  await storage.decisionLog.append(varied);
}

async function wanted(storage: Storage, filter: Filter): Promise<readonly DecisionRecord[]> {
  const { items } = await storage.decisionLog.list("acme", { ...filter, limit: 200 });
  return items;
}

function expected(filter: Omit<Filter, "from">): readonly DecisionRecord[] {
  const wantedMembers = Object.entries(filter);
  return varied
    .filter((record) => wantedMembers.every(([name, value]) => Reflect.get(record, name) === value))
    .toReversed();
}

const decisionsLog: SampleLog<DecisionRecord> = {
  noun: "decisions",
  entry: (n, workspaceId = "acme") => decisionRecord(n, { workspaceId }),
  append: (storage, records) => storage.decisionLog.append(records),
  list: (storage, workspaceId, query) => storage.decisionLog.list(workspaceId, query),
};

const refusalsLog: SampleLog<TokenRefusalRecord> = {
  noun: "refused tokens",
  entry: (n, workspaceId = "acme") => refusalRecord(n, { workspaceId }),
  append: (storage, records) => storage.decisionLog.appendRefusals(records),
  list: (storage, workspaceId, query) => storage.decisionLog.listRefusals(workspaceId, query),
};

/** What `DecisionLog` promises. */
export const decisionLogCases: readonly StorageCase[] = casesOf("DecisionLog", {
  ...findCases,
  ...appendLogCases(decisionsLog),
  ...appendLogCases(refusalsLog),
  ...filterCases,
  ...logFromCases(decisionsLog),
  ...logFromCases(refusalsLog),
});
