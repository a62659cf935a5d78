import type { DecisionRecord, StatisticsQuery } from "@byot/storage";
import { decisionRecord, recordTime } from "./sample-log-records.js";

/** Four buckets of ten milliseconds. */
export const span: StatisticsQuery = {
  from: recordTime(0),
  until: recordTime(40),
  bucketMillis: 10,
};

/** A denial in millisecond n, by the rules of those policies. */
export function denied(
  n: number,
  rules: readonly (readonly [policyId: string, ruleId: string | null])[] = [],
  at: Date = recordTime(n),
): DecisionRecord {
  return decisionRecord(2000 + n, {
    at,
    decision: "Deny",
    reason: "denied_by_rule",
    determining: rules.map(([policyId, ruleId]) => ({
      policyId,
      policyVersion: n,
      ruleId,
      effect: "Deny",
      priority: 100,
    })),
  });
}
