import type { DecisionQuery, DecisionRecord } from "@byot/storage";
import { decisionRecord, numbers, personalFields } from "./sample-log-records.js";

/** A query of decisions without its page. */
export type DecisionFilter = Omit<DecisionQuery, "limit" | "cursor">;

/** The fields of a query that are compared to a text. */
export type FilterField = Exclude<keyof DecisionFilter, "from" | "until">;

/** Every field that is compared to a text, and what a decision has there: several values when it rests on several rules. */
const valuesOf: Readonly<Record<FilterField, (record: DecisionRecord) => readonly string[]>> = {
  decision: ({ decision }) => [decision],
  reason: ({ reason }) => [reason],
  subject: ({ personal }) => (personal === undefined ? [] : [personal.subject]),
  issuer: ({ issuer }) => [issuer],
  providerId: ({ providerId }) => [providerId],
  resource: ({ resource }) => [resource],
  action: ({ action }) => [action],
  policyId: ({ determining }) => determining.map(({ policyId }) => policyId),
  ruleId: ({ determining }) =>
    determining.flatMap(({ ruleId }) => (ruleId === null ? [] : [ruleId])),
};

/** Every field of a query that is compared to a text. */
export const filterFields: readonly FilterField[] = [
  "decision",
  "reason",
  "subject",
  "issuer",
  "providerId",
  "resource",
  "action",
  "policyId",
  "ruleId",
];

const premium = {
  policyId: "premium",
  policyVersion: 3,
  ruleId: "premium-only",
  effect: "Allow",
  priority: 100,
} as const;
const hours = {
  policyId: "office-hours",
  policyVersion: 8,
  ruleId: "weekdays",
  effect: "Deny",
  priority: 50,
} as const;
const byDefault = { ...premium, ruleId: null, effect: "Deny" } as const;

/** What the varied decisions rest on: one rule, another one, two policies, a policy's default, nothing. */
const grounds: readonly DecisionRecord["determining"][] = [
  [premium],
  [hours],
  [premium, hours],
  [byDefault],
  [],
];

/** Sixty decisions that differ in every field, in many combinations. */
export const variedDecisions: readonly DecisionRecord[] = numbers(1, 60).map((n) =>
  decisionRecord(n, {
    decision: n % 2 === 0 ? "Deny" : "Allow",
    reason: n % 3 === 0 ? "no_rule_matched" : "allowed_by_rule",
    personal: personalFields(n % 4 === 1 ? "ben" : "ada"),
    issuer: n % 7 < 3 ? "https://okta.acme.example" : "https://clerk.acme.example",
    providerId: n % 7 < 2 ? "okta" : "clerk",
    resource: n % 11 < 4 ? "premium-features" : "orders",
    action: n % 13 < 6 ? "read" : "approve",
    determining: grounds[n % 5] ?? [],
  }),
);

/** A query for what has the same as a decision in those fields; what it rests on first, where it rests on several. */
export function filterOf(record: DecisionRecord, fields: readonly FilterField[]): DecisionFilter {
  const filter: DecisionFilter = {};
  for (const field of fields) {
    Object.assign(filter, filterBy(record, field));
  }
  return filter;
}

function filterBy(record: DecisionRecord, field: FilterField): DecisionFilter {
  return field === "decision" ? { decision: record.decision } : filterByText(record, field);
}

function filterByText(
  record: DecisionRecord,
  field: FilterField,
): Omit<DecisionFilter, "decision" | "from" | "until"> {
  const [value] = valuesOf[field](record);
  return value === undefined ? {} : { [field]: value };
}

/** Those of the varied decisions that a query wants, in the order of the log. */
export function variedBy(filter: DecisionFilter): readonly DecisionRecord[] {
  return variedDecisions.filter((record) => isWanted(record, filter)).toReversed();
}

function isWanted(record: DecisionRecord, filter: DecisionFilter): boolean {
  const { from = record.at, until } = filter;
  return (
    record.at >= from &&
    (until === undefined || record.at < until) &&
    filterFields.every((field) => {
      const value = filter[field];
      return value === undefined || valuesOf[field](record).includes(value);
    })
  );
}
