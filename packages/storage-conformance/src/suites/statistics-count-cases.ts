import type { DecisionStatistics, Storage } from "@byot/storage";
import { expect } from "vitest";
import { expectIntact } from "../assertions/expect-intact.js";
import { erasureOf } from "../samples/sample-erasures.js";
import { decisionRecord, numbers, recordTime } from "../samples/sample-log-records.js";
import { denied, span } from "../samples/sample-statistics.js";
import type { CaseTable } from "../storage-case.js";

/** What `DecisionLog.statistics` promises of reasons and of the rules that deny. */
export const statisticsCountCases: CaseTable = {
  "reasons are counted over the whole span, the most frequent first": async ({ storage }) => {
    await storage.decisionLog.append([
      ...[5, 15, 25].map((n) => decisionRecord(n, { reason: "no_rule_matched" })),
      ...[6, 7].map((n) => decisionRecord(n, { reason: "undetermined" })),
      ...[8, 18, 28, 38].map((n) => decisionRecord(n)),
      ...[40, 41, 42, 43, 44].map((n) => decisionRecord(n, { reason: "too_late" })),
    ]);
    const { reasons } = await storage.decisionLog.statistics("acme", span);
    expect(reasons).toStrictEqual([
      { reason: "allowed_by_rule", count: 4 },
      { reason: "no_rule_matched", count: 3 },
      { reason: "undetermined", count: 2 },
    ]);
  },
  "the rules and defaults that denials rest on are counted, the most frequent first": async ({
    storage,
  }) => {
    await storage.decisionLog.append([
      ...[1, 11, 21].map((n) => denied(n, [["premium", "blocked"]])),
      ...[2, 12].map((n) => denied(n, [["premium", null]])),
      denied(3, [
        ["premium", "blocked"],
        ["office-hours", "blocked"],
      ]),
      denied(4, []),
      ...[5, 6, 7, 8, 9].map((n) => decisionRecord(n)),
      ...[40, 41, 42].map((n) => denied(n, [["office-hours", "late"]])),
    ]);
    expect(await denyingRules(storage)).toStrictEqual([
      { policyId: "premium", ruleId: "blocked", count: 4 },
      { policyId: "premium", count: 2 },
      { policyId: "office-hours", ruleId: "blocked", count: 1 },
    ]);
  },
  "denying rules of one frequency are ordered by policy, then by rule, the default first": async ({
    storage,
  }) => {
    const rules = [
      ["b", "x"],
      ["a", "y"],
      ["b", null],
      ["a", null],
      ["B", "z"],
      ["a", "Y"],
    ] as const;
    await storage.decisionLog.append([
      denied(1, rules),
      ...rules.map((rule, index) => denied(2 + index, [rule])),
    ]);
    const answer = await denyingRules(storage);
    expect(answer.map(({ policyId, ruleId = null }) => [policyId, ruleId])).toStrictEqual([
      ["B", "z"],
      ["a", null],
      ["a", "Y"],
      ["a", "y"],
      ["b", null],
      ["b", "x"],
    ]);
    expect(answer.map(({ count }) => count)).toStrictEqual(rules.map(() => 2));
  },
  "a denial counts once for a rule, however often it rests on it": async ({ storage }) => {
    await storage.decisionLog.append([
      denied(1, [
        ["premium", "blocked"],
        ["premium", "blocked"],
        ["premium", null],
        ["premium", null],
      ]),
    ]);
    expect(await denyingRules(storage)).toStrictEqual([
      { policyId: "premium", count: 1 },
      { policyId: "premium", ruleId: "blocked", count: 1 },
    ]);
  },
  "no more than ten denying rules are answered": async ({ storage }) => {
    const records = numbers(1, 12).flatMap((rule) =>
      numbers(1, rule).map((n) =>
        denied(100 * rule + n, [["premium", `rule-${rule}`]], recordTime(n)),
      ),
    );
    await storage.decisionLog.append(records);
    const rules = await denyingRules(storage);
    expect(rules.map(({ count }) => count)).toStrictEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
  },
  "what was erased still counts, and what was dropped does not": async ({ storage }) => {
    await storage.decisionLog.append([denied(1), denied(2)]);
    await storage.decisionLog.append([denied(11)]);
    await storage.decisionLog.eraseSubject("acme", erasureOf());
    await storage.decisionLog.dropBefore("acme", recordTime(10));
    await expectIntact(storage, { decisions: 1, erased: 1 });
    const { buckets, reasons } = await storage.decisionLog.statistics("acme", span);
    expect(buckets.map((bucket) => bucket.denied)).toStrictEqual([0, 1, 0, 0]);
    expect(reasons).toStrictEqual([{ reason: "denied_by_rule", count: 1 }]);
  },
};

async function denyingRules(storage: Storage): Promise<DecisionStatistics["denyingRules"]> {
  return (await storage.decisionLog.statistics("acme", span)).denyingRules;
}
