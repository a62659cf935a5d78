import type { DecisionRecord, TokenRefusalRecord } from "@byot/storage";

/** The id of the n-th record, as a UUIDv7. */
export function recordId(n: number): string {
  return `01980000-0000-7000-8000-${String(n).padStart(12, "0")}`;
}

/** When the n-th record was made: at millisecond n of a second. */
export function recordTime(n: number): Date {
  return new Date(Date.UTC(2026, 2, 2, 9, 0, 0, n));
}

/** The n-th decision of `acme`: Ada may read orders. */
export function decisionRecord(n: number, changes: Partial<DecisionRecord> = {}): DecisionRecord {
  return {
    decisionId: recordId(n),
    workspaceId: "acme",
    at: recordTime(n),
    revision: 7,
    requestId: `request-${n}`,
    issuer: "https://clerk.acme.example",
    subject: "ada",
    providerId: "clerk",
    resource: "orders",
    action: "read",
    decision: "Allow",
    reason: "allowed_by_rule",
    determining: [
      {
        policyId: "premium",
        policyVersion: 3,
        ruleId: "premium-only",
        effect: "Allow",
        priority: 100,
      },
    ],
    errors: [],
    durationMicros: 412,
    ...changes,
  };
}

/** The n-th refused token of `acme`. */
export function refusalRecord(
  n: number,
  changes: Partial<TokenRefusalRecord> = {},
): TokenRefusalRecord {
  return {
    refusalId: recordId(n),
    workspaceId: "acme",
    at: recordTime(n),
    requestId: `request-${n}`,
    code: "token_expired",
    unverifiedIssuer: "https://clerk.acme.example",
    resource: "orders",
    action: "read",
    ...changes,
  };
}

/** Numbers from `first` to `last`, both included. */
export function numbers(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
