import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { DecisionRecord } from "@byot/storage";

/**
 * Decisions in the order of their appending. `sequence` is the row id, with which every index of SQLite ends, so each
 * index below also gives the order of the list.
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
    index("decisions_workspace").on(table.workspaceId),
    index("decisions_decision").on(table.workspaceId, table.decision),
    index("decisions_subject").on(table.workspaceId, table.subject),
    index("decisions_resource").on(table.workspaceId, table.resource),
    index("decisions_action").on(table.workspaceId, table.action),
  ],
);

/** Refused tokens in the order of their appending. */
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
  (table) => [index("token_refusals_workspace").on(table.workspaceId)],
);
