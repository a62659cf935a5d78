import type { DecisionRecord, PersonalFields, TokenRefusalRecord } from "@byot/storage";

/** The id of the n-th record, as a UUIDv7. */
export function recordId(n: number): string {
  return `01980000-0000-7000-8000-${String(n).padStart(12, "0")}`;
}

/** When the n-th record was made: at millisecond n of a second. */
export function recordTime(n: number): Date {
  return new Date(Date.UTC(2026, 2, 2, 9, 0, 0, n));
}

/** What is known of a person, Ada unless another one is named. */
export function personalFields(
  subject = "ada",
  changes: Partial<PersonalFields> = {},
): PersonalFields {
  return {
    subject,
    tokenIdHash: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    clientIp: "198.51.100.7",
    attributes: [
      { name: "ext_plan", origin: "token", value: "premium" },
      { name: "request_metadata.orderAmount", origin: "caller" },
    ],
    ...changes,
  };
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
    personal: personalFields(),
    ...changes,
  };
}

/** The n-th decision of `acme`, about that subject. */
export function decisionAbout(
  subject: string,
  n: number,
  changes: Partial<DecisionRecord> = {},
): DecisionRecord {
  return decisionRecord(n, { personal: personalFields(subject), ...changes });
}

/** What stays of a decision whose subject was erased. */
export function withoutPersonal({ personal: _, ...decision }: DecisionRecord): DecisionRecord {
  return decision;
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
    count: 1,
    requestId: `request-${n}`,
    code: "token_expired",
    unverifiedIssuer: "https://clerk.acme.example",
    providerId: "clerk",
    subject: "ada",
    resource: "orders",
    action: "read",
    ...changes,
  };
}

/** Numbers from `first` to `last`, both included. */
export function numbers(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
