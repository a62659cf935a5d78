import type { DecisionRecord, TokenRefusalRecord } from "@byot/storage";
import { sql } from "drizzle-orm";
import { decisions, tokenRefusals } from "./decisions-schema.js";
import type { SqliteDatabase } from "./open-database.js";

// Every decision passes here, so the statements are built and compiled once.

/** Prepares the writing of one decision. */
export function prepareDecisionInsert(database: SqliteDatabase): (record: DecisionRecord) => void {
  const statement = database
    .insert(decisions)
    .values({
      decisionId: sql.placeholder("decisionId"),
      workspaceId: sql.placeholder("workspaceId"),
      at: sql.placeholder("at"),
      revision: sql.placeholder("revision"),
      requestId: sql.placeholder("requestId"),
      issuer: sql.placeholder("issuer"),
      subject: sql.placeholder("subject"),
      providerId: sql.placeholder("providerId"),
      resource: sql.placeholder("resource"),
      action: sql.placeholder("action"),
      decision: sql.placeholder("decision"),
      reason: sql.placeholder("reason"),
      determining: sql.placeholder("determining"),
      errors: sql.placeholder("errors"),
      durationMicros: sql.placeholder("durationMicros"),
    })
    .prepare();
  return (record) => {
    statement.run({ ...record });
  };
}

/** Prepares the writing of one refused token. */
export function prepareRefusalInsert(
  database: SqliteDatabase,
): (record: TokenRefusalRecord) => void {
  const statement = database
    .insert(tokenRefusals)
    .values({
      refusalId: sql.placeholder("refusalId"),
      workspaceId: sql.placeholder("workspaceId"),
      at: sql.placeholder("at"),
      requestId: sql.placeholder("requestId"),
      code: sql.placeholder("code"),
      unverifiedIssuer: sql.placeholder("unverifiedIssuer"),
      resource: sql.placeholder("resource"),
      action: sql.placeholder("action"),
    })
    .prepare();
  return (record) => {
    statement.run({ unverifiedIssuer: null, ...record });
  };
}
