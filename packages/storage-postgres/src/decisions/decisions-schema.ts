import { sql } from "drizzle-orm";
import { bigint, boolean, index, primaryKey, smallint } from "drizzle-orm/pg-core";
import { bytewiseText, byot, millisecondTime } from "../schema-parts.js";

/**
 * How much of a subject is indexed, in characters: an index takes no more than 2,700 bytes, and nothing bounds what an
 * identity provider calls its people.
 */
export const indexedSubjectLength = 400;

const indexedSubject = sql.raw(`left(subject, ${indexedSubjectLength})`);

/**
 * Decisions, without what is personal. Each index that ends with `at` and `decision_id` is in the order of the list and
 * belongs to the filter it is named after.
 */
export const decisions = byot.table(
  "decisions",
  {
    decisionId: bytewiseText("decision_id").primaryKey(),
    workspaceId: bytewiseText("workspace_id").notNull(),
    at: millisecondTime("at").notNull(),
    revision: bigint("revision", { mode: "number" }).notNull(),
    requestId: bytewiseText("request_id").notNull(),
    issuer: bytewiseText("issuer").notNull(),
    providerId: bytewiseText("provider_id").notNull(),
    resource: bytewiseText("resource").notNull(),
    action: bytewiseText("action").notNull(),
    decision: bytewiseText("decision").$type<"Allow" | "Deny">().notNull(),
    reason: bytewiseText("reason").notNull(),
    determining: bytewiseText("determining").notNull(),
    errors: bytewiseText("errors").notNull(),
    durationMicros: bigint("duration_micros", { mode: "number" }).notNull(),
    segmentId: bigint("segment_id", { mode: "number" }).notNull(),
    position: smallint("position").notNull(),
    personalHash: bytewiseText("personal_hash").notNull(),
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
export const decisionPersonal = byot.table(
  "decision_personal",
  {
    decisionId: bytewiseText("decision_id").primaryKey(),
    workspaceId: bytewiseText("workspace_id").notNull(),
    at: millisecondTime("at").notNull(),
    salt: bytewiseText("salt").notNull(),
    subject: bytewiseText("subject").notNull(),
    tokenIdHash: bytewiseText("token_id_hash"),
    clientIp: bytewiseText("client_ip"),
    attributes: bytewiseText("attributes").notNull(),
  },
  (table) => [
    index("decision_personal_subject").on(
      table.workspaceId,
      indexedSubject,
      table.at,
      table.decisionId,
    ),
  ],
);

/**
 * Which rules and defaults a decision rests on, each once, so that lists can be filtered by them and denials counted.
 * The default of a policy has an empty rule.
 */
export const decisionRules = byot.table(
  "decision_rules",
  {
    decisionId: bytewiseText("decision_id").notNull(),
    policyId: bytewiseText("policy_id").notNull(),
    ruleId: bytewiseText("rule_id").notNull(),
    isDefault: boolean("is_default").notNull(),
    workspaceId: bytewiseText("workspace_id").notNull(),
    at: millisecondTime("at").notNull(),
    isDenial: boolean("is_denial").notNull(),
    // Of the rows of a decision, one for each policy and one for each rule's name, so that no list repeats it.
    leadsPolicy: boolean("leads_policy").notNull(),
    leadsRule: boolean("leads_rule").notNull(),
  },
  (table) => {
    const place = [table.at, table.decisionId] as const;
    return [
      primaryKey({
        columns: [table.decisionId, table.policyId, table.ruleId, table.isDefault],
      }),
      index("decision_rules_policy")
        .on(table.workspaceId, table.policyId, ...place)
        .where(sql`leads_policy`),
      index("decision_rules_rule")
        .on(table.workspaceId, table.ruleId, ...place)
        .where(sql`leads_rule`),
      index("decision_rules_both")
        .on(table.workspaceId, table.policyId, table.ruleId, ...place)
        .where(sql`NOT is_default`),
      index("decision_rules_denials")
        .on(table.workspaceId, table.at, table.policyId, table.ruleId, table.isDefault)
        .where(sql`is_denial`),
    ];
  },
);

/** Refused tokens, with indexes like those of the decisions. */
export const tokenRefusals = byot.table(
  "token_refusals",
  {
    refusalId: bytewiseText("refusal_id").primaryKey(),
    workspaceId: bytewiseText("workspace_id").notNull(),
    at: millisecondTime("at").notNull(),
    count: bigint("count", { mode: "number" }).notNull(),
    requestId: bytewiseText("request_id").notNull(),
    code: bytewiseText("code").notNull(),
    unverifiedIssuer: bytewiseText("unverified_issuer"),
    providerId: bytewiseText("provider_id"),
    subject: bytewiseText("subject"),
    resource: bytewiseText("resource").notNull(),
    action: bytewiseText("action").notNull(),
  },
  (table) => [
    index("token_refusals_at").on(table.workspaceId, table.at, table.refusalId),
    index("token_refusals_code").on(table.workspaceId, table.code, table.at, table.refusalId),
    index("token_refusals_subject")
      .on(table.workspaceId, indexedSubject)
      .where(sql`subject IS NOT NULL`),
  ],
);
