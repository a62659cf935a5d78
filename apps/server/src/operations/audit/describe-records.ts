import type { LoggedDecision, LoggedRefusal, StatisticsAnswer } from "@byot/api-contract";
import type { DecisionRecord, DecisionStatistics, TokenRefusalRecord } from "@byot/storage";
import { describeDetermining, describeErrors } from "../explanation.js";

/** A decision as it is answered. */
export function describeDecision(record: DecisionRecord): LoggedDecision {
  const { workspaceId: _, at, providerId, determining, errors, personal, ...rest } = record;
  return {
    ...rest,
    at: at.toISOString(),
    provider: providerId,
    determining: describeDetermining(determining),
    errors: describeErrors(errors),
    erased: personal === undefined,
    attributes: [],
    ...personal,
  };
}

/** Refused tokens as they are answered. */
export function describeRefusal(record: TokenRefusalRecord): LoggedRefusal {
  const { workspaceId: _, at, providerId, ...rest } = record;
  return {
    ...rest,
    at: at.toISOString(),
    ...(providerId === undefined ? {} : { provider: providerId }),
  };
}

/** Statistics as they are answered. */
export function describeStatistics(statistics: DecisionStatistics): StatisticsAnswer {
  return {
    buckets: statistics.buckets.map((bucket) => ({ ...bucket, at: bucket.at.toISOString() })),
    reasons: statistics.reasons,
    denyingRules: statistics.denyingRules.map(({ policyId, ruleId, count }) => ({
      policy: policyId,
      rule: ruleId ?? null,
      count,
    })),
  };
}
