import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

// The statements on these tables are written by hand, because each names the index it is to use; so columns hold what
// SQLite holds: times as milliseconds, and JSON as text.

/**
 * Decisions, without what is personal. Each index that ends with `at` and `decision_id` is in the order of the list and
 * belongs to the filter it is named after.
 */
export const decisions = sqliteTable(
  "decisions",
  {
    // Never used again, so that no side row can ever come to belong to another decision.
    sequence: integer("sequence").primaryKey({ autoIncrement: true }),
    decisionId: text("decision_id").notNull().unique(),
    workspaceId: text("workspace_id").notNull(),
    at: integer("at").notNull(),
    revision: integer("revision").notNull(),
    requestId: text("request_id").notNull(),
    issuer: text("issuer").notNull(),
    providerId: text("provider_id").notNull(),
    resource: text("resource").notNull(),
    action: text("action").notNull(),
    decision: text("decision", { enum: ["Allow", "Deny"] }).notNull(),
    reason: text("reason").notNull(),
    determining: text("determining").notNull(),
    errors: text("errors").notNull(),
    durationMicros: integer("duration_micros").notNull(),
    segmentId: integer("segment_id").notNull(),
    position: integer("position").notNull(),
    personalHash: text("personal_hash").notNull(),
  },
  (table) => {
    const place = [table.at, table.decisionId] as const;
    return [
      index("decisions_at").on(table.workspaceId, ...place),
      index("decisions_decision").on(table.workspaceId, table.decision, ...place),
      index("decisions_reason").on(table.workspaceId, table.reason, ...place),
      index("decisions_issuer").on(table.workspaceId, table.issuer, ...place),
      index("decisions_provider").on(table.workspaceId, table.providerId, ...place),
      index("decisions_resource").on(table.workspaceId, table.resource, ...place),
      index("decisions_action").on(table.workspaceId, table.action, ...place),
      index("decisions_segment").on(table.segmentId, table.position),
    ];
  },
);

/** What the log knows of a person, in a row beside the decision that can go without it. */
export const decisionPersonal = sqliteTable(
  "decision_personal",
  {
    decisionSequence: integer("decision_sequence").primaryKey(),
    workspaceId: text("workspace_id").notNull(),
    at: integer("at").notNull(),
    decisionId: text("decision_id").notNull(),
    salt: text("salt").notNull(),
    subject: text("subject").notNull(),
    tokenIdHash: text("token_id_hash"),
    clientIp: text("client_ip"),
    attributes: text("attributes").notNull(),
  },
  (table) => [
    index("decision_personal_subject").on(
      table.workspaceId,
      table.subject,
      table.at,
      table.decisionId,
    ),
  ],
);

/**
 * What a decision rests on, so that lists can be filtered by it: each policy with an empty rule, each rule with an empty
 * policy, and each rule with its policy, all of them once. No name is empty. The table is its own index: the migration
 * makes it `WITHOUT ROWID`.
 */
export const decisionGrounds = sqliteTable(
  "decision_grounds",
  {
    workspaceId: text("workspace_id").notNull(),
    policyId: text("policy_id").notNull(),
    ruleId: text("rule_id").notNull(),
    at: integer("at").notNull(),
    decisionId: text("decision_id").notNull(),
    decisionSequence: integer("decision_sequence").notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.workspaceId, table.policyId, table.ruleId, table.at, table.decisionId],
    }),
  ],
);

/** Refused tokens, with indexes like those of the decisions. */
export const tokenRefusals = sqliteTable(
  "token_refusals",
  {
    sequence: integer("sequence").primaryKey({ autoIncrement: true }),
    refusalId: text("refusal_id").notNull().unique(),
    workspaceId: text("workspace_id").notNull(),
    at: integer("at").notNull(),
    requestId: text("request_id").notNull(),
    code: text("code").notNull(),
    unverifiedIssuer: text("unverified_issuer"),
    resource: text("resource").notNull(),
    action: text("action").notNull(),
    count: integer("count").notNull().default(1),
    providerId: text("provider_id"),
    subject: text("subject"),
  },
  (table) => [
    index("token_refusals_at").on(table.workspaceId, table.at, table.refusalId),
    index("token_refusals_code").on(table.workspaceId, table.code, table.at, table.refusalId),
    index("token_refusals_subject")
      .on(table.workspaceId, table.subject)
      .where(sql`subject IS NOT NULL`),
  ],
);
