import { expect } from "vitest";
import { overwrite } from "../assertions/overwrite.js";
import { awkwardDecision } from "../samples/sample-awkward-decision.js";
import { createWorkspace, deleteWorkspace } from "../samples/sample-changes.js";
import { decisionRecord, recordId, refusalRecord } from "../samples/sample-log-records.js";
import { sampleDecisions, sampleRefusals } from "../samples/sample-logs.js";
import { casesOf, type CaseTable, type StorageCase } from "../storage-case.js";
import { appendLimitCases } from "./append-limit-cases.js";
import { appendLogCases } from "./append-log-cases.js";
import { decisionFilterCases } from "./decision-filter-cases.js";
import { logPageCases } from "./log-page-cases.js";
import { logTimeCases } from "./log-time-cases.js";
import { logWorkspaceCases } from "./log-workspace-cases.js";
import { refusalFilterCases } from "./refusal-filter-cases.js";

const findCases: CaseTable = {
  "find answers a decision as it was appended": async ({ storage }) => {
    await storage.decisionLog.append([awkwardDecision, decisionRecord(2)]);
    expect(await storage.decisionLog.find("acme", recordId(1))).toStrictEqual(awkwardDecision);
    expect(await storage.decisionLog.find("acme", recordId(2))).toStrictEqual(decisionRecord(2));
  },
  "what was absent from a decision stays absent": async ({ storage }) => {
    const bare = decisionRecord(1, {
      determining: [],
      personal: { subject: "ada", attributes: [] },
    });
    await storage.decisionLog.append([bare]);
    expect(await storage.decisionLog.find("acme", recordId(1))).toStrictEqual(bare);
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
    await storage.decisionLog.append([awkwardDecision]);
    overwrite(await storage.decisionLog.find("acme", recordId(1)));
    expect(await storage.decisionLog.find("acme", recordId(1))).toStrictEqual(awkwardDecision);
  },
  "what is not known of a refused token is absent": async ({ storage }) => {
    const { unverifiedIssuer: _, providerId: __, subject: ___, ...unread } = refusalRecord(1);
    await storage.decisionLog.appendRefusals([unread]);
    const { items } = await storage.decisionLog.listRefusals("acme", { limit: 1 });
    expect(items).toStrictEqual([unread]);
  },
  "a refusal says how many it stands for": async ({ storage }) => {
    const records = [1, 2, 4_000_000_000].map((count, n) => refusalRecord(n, { count }));
    await storage.decisionLog.appendRefusals(records);
    const { items } = await storage.decisionLog.listRefusals("acme", { limit: 9 });
    expect(items).toStrictEqual(records.toReversed());
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

/** What `DecisionLog` promises of records and their lists. */
export const decisionLogCases: readonly StorageCase[] = casesOf("DecisionLog", {
  ...findCases,
  ...appendLogCases(sampleDecisions),
  ...appendLogCases(sampleRefusals),
  ...appendLimitCases,
  ...logPageCases(sampleDecisions),
  ...logPageCases(sampleRefusals),
  ...logTimeCases(sampleDecisions),
  ...logTimeCases(sampleRefusals),
  ...decisionFilterCases,
  ...refusalFilterCases,
  ...logWorkspaceCases,
});
