import { largestAppend, readStoredList, type DecisionRecord } from "@byot/storage";
import type { Database } from "better-sqlite3";
import { createDecisionAppender } from "./append-decisions.js";
import { createChainTables } from "./chain-tables.js";

/** A decision as it was recorded before there were chains. */
type UnsealedRow = Omit<DecisionRecord, "at" | "determining" | "errors" | "personal"> & {
  readonly sequence: number;
  readonly at: number;
  readonly subject: string;
  readonly determining: string;
  readonly errors: string;
};

const findSql = `
  SELECT sequence, decision_id AS decisionId, workspace_id AS workspaceId, at, revision,
    request_id AS requestId, issuer, subject, provider_id AS providerId, resource, action, decision,
    reason, determining, errors, duration_micros AS durationMicros
  FROM unsealed_decisions WHERE workspace_id = ? AND sequence > ? ORDER BY sequence LIMIT ${largestAppend}`;

/**
 * Seals the decisions that the migrations have left in `unsealed_decisions` into chains of their own, in the order of
 * their appending, and removes that table. It runs in the transaction of the migrations.
 */
export function sealUnsealed(client: Database): void {
  if (!hasUnsealed(client)) {
    return;
  }
  const append = createDecisionAppender(client, createChainTables(client));
  const find = client.prepare<[string, number], UnsealedRow>(findSql);
  for (const workspaceId of workspacesOf(client)) {
    let rows = find.all(workspaceId, 0);
    while (rows.length > 0) {
      append(rows.map(recordOf));
      rows = find.all(workspaceId, rows.at(-1)?.sequence ?? 0);
    }
  }
  client.exec("DROP TABLE unsealed_decisions");
}

function hasUnsealed(client: Database): boolean {
  const find = client.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'unsealed_decisions'");
  return find.get() !== undefined;
}

function workspacesOf(client: Database): readonly string[] {
  return client
    .prepare<[], { readonly workspaceId: string }>(
      "SELECT DISTINCT workspace_id AS workspaceId FROM unsealed_decisions",
    )
    .all()
    .map(({ workspaceId }) => workspaceId);
}

function recordOf({ sequence: _sequence, ...row }: UnsealedRow): DecisionRecord {
  const { subject, ...decision } = row;
  return {
    ...decision,
    at: new Date(row.at),
    determining: readStoredList(row.determining),
    errors: readStoredList(row.errors),
    // Nothing else was recorded of a person.
    personal: { subject, attributes: [] },
  };
}
