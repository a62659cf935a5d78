import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { DecisionRecord } from "@byot/storage";

/**
 * Decisions in the order of their appending. Each index below also gives the order of the list, and ends with the time,
 * so that what is older than a query wants is passed over without a look at its row.
 */
export const decisions = sqliteTable(
  "decisions",
  {
    sequence: integer("sequence").primaryKey({ autoIncrement: true }),
    decisionId: text("decision_id").notNull().unique(),
    workspaceId: text("workspace_id").notNull(),
    at: integer("at", { mode: "timestamp_ms" }).notNull(),
    revision: integer("revision").notNull(),
    requestId: text("request_id").notNull(),
    issuer: text("issuer").notNull(),
    subject: text("subject").notNull(),
    providerId: text("provider_id").notNull(),
    resource: text("resource").notNull(),
    action: text("action").notNull(),
    decision: text("decision", { enum: ["Allow", "Deny"] }).notNull(),
    reason: text("reason").notNull(),
    determining: text("determining", { mode: "json" })
      .$type<DecisionRecord["determining"]>()
      .notNull(),
    errors: text("errors", { mode: "json" }).$type<DecisionRecord["errors"]>().notNull(),
    durationMicros: integer("duration_micros").notNull(),
  },
  (table) => [
    index("decisions_workspace").on(table.workspaceId, table.sequence, table.at),
    index("decisions_decision").on(table.workspaceId, table.decision, table.sequence, table.at),
    index("decisions_subject").on(table.workspaceId, table.subject, table.sequence, table.at),
    index("decisions_resource").on(table.workspaceId, table.resource, table.sequence, table.at),
    index("decisions_action").on(table.workspaceId, table.action, table.sequence, table.at),
  ],
);

/** Refused tokens in the order of their appending, with an index like those of the decisions. */
export const tokenRefusals = sqliteTable(
  "token_refusals",
  {
    sequence: integer("sequence").primaryKey({ autoIncrement: true }),
    refusalId: text("refusal_id").notNull().unique(),
    workspaceId: text("workspace_id").notNull(),
    at: integer("at", { mode: "timestamp_ms" }).notNull(),
    requestId: text("request_id").notNull(),
    code: text("code").notNull(),
    unverifiedIssuer: text("unverified_issuer"),
    resource: text("resource").notNull(),
    action: text("action").notNull(),
  },
  (table) => [index("token_refusals_workspace").on(table.workspaceId, table.sequence, table.at)],
);
