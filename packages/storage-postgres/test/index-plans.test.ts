import type { DecisionQuery, DecisionRecord, RefusalQuery } from "@byot/storage";
import { openPostgresStorage } from "@byot/storage-postgres";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listDecisions, listRefusals } from "../src/decisions/decision-lists.js";
import { useServer } from "./postgres-server.js";
import { at, decision, refusal } from "./sample-changes.js";

const { freshUrl } = useServer();
const decisionCount = 10_240;
const largestAppend = 512;
const middle = new Date(at.getTime() + decisionCount / 2);
let pool: Pool;

const rareRule = {
  policyId: "vip",
  policyVersion: 1,
  ruleId: "vip-only",
  effect: "Allow",
  priority: 1,
} as const;

/** What few decisions have. */
const rare: Partial<DecisionRecord> = {
  reason: "no_rule_matched",
  issuer: "https://okta.acme.example",
  providerId: "okta",
  resource: "invoices",
  action: "approve",
  determining: [rareRule],
  personal: { subject: "ben", attributes: [] },
};

function variedDecision(n: number): DecisionRecord {
  return decision(n, {
    workspaceId: n % 2 === 0 ? "acme" : "globex",
    decision: n % 3 === 0 ? "Deny" : "Allow",
    ...(n % 97 === 0 ? rare : {}),
  });
}

beforeAll(async () => {
  const url = await freshUrl();
  const storage = await openPostgresStorage({ url });
  for (let first = 0; first < decisionCount; first += largestAppend) {
    const numbers = Array.from({ length: largestAppend }, (_, index) => first + index);
    await storage.decisionLog.append(numbers.map(variedDecision));
    await storage.decisionLog.appendRefusals(
      numbers.map((n) => ({
        ...refusal(n),
        code: n % 3 === 0 ? "token_revoked" : "token_expired",
      })),
    );
  }
  await storage.close();
  pool = new Pool({ connectionString: url });
  await pool.query(
    `INSERT INTO byot.token_refusals (refusal_id, workspace_id, at, count, request_id, code, resource, action)
     SELECT 'globex-' || n, 'globex', now(), 1, n, 'token_expired', 'orders', 'read'
     FROM generate_series(1, 50000) AS n`,
  );
  // What autovacuum does in time.
  await pool.query("VACUUM ANALYZE");
});

afterAll(() => pool.end());

interface Statement {
  readonly sql: string;
  readonly params: unknown[];
}

/** The plan of the only statement that some work makes. */
async function planOf(work: (database: NodePgDatabase) => Promise<unknown>): Promise<string> {
  const statements: Statement[] = [];
  const logger = { logQuery: (sql: string, params: unknown[]) => statements.push({ sql, params }) };
  await work(drizzle({ client: pool, logger }));
  const [{ sql, params } = { sql: "", params: [] }, ...others] = statements;
  expect(others).toEqual([]);
  const { rows } = await pool.query(`EXPLAIN ${sql}`, params);
  return rows.map((row: unknown) => String(Reflect.get(Object(row), "QUERY PLAN"))).join("\n");
}

function cursorAt(time: Date): string {
  return `${time.getTime()}~01980000-0000-7000-8000-000000005120`;
}

const spans = [
  // The first page.
  {},
  // A later one.
  { cursor: cursorAt(middle) },
  { from: at, until: middle },
] as const;

interface PlannedList<Query> {
  readonly index: string;
  readonly query: Query;
}

function inEverySpan<Query>(
  filters: readonly (readonly [index: string, query: Query])[],
): readonly PlannedList<Query & { readonly limit: number }>[] {
  return filters.flatMap(([index, query]) =>
    spans.map((span) => ({ index, query: { limit: 50, ...query, ...span } })),
  );
}

function planOfDecisions(query: DecisionQuery): Promise<string> {
  return planOf((database) => listDecisions(database, "acme", query));
}

function planOfRefusals(query: RefusalQuery): Promise<string> {
  return planOf((database) => listRefusals(database, "acme", query));
}

// What is on a page is read off the index, in its order; what is read besides is one record for each.
const anythingWide = /Seq Scan|Bitmap|Hash|Merge|Limit[^]*Sort/;

describe("a list of decisions", () => {
  const single: readonly (readonly [index: string, query: Partial<DecisionQuery>])[] = [
    ["decisions_at", {}],
    ["decisions_decision", { decision: "Deny" }],
    ["decisions_reason", { reason: "allowed_by_rule" }],
    ["decisions_issuer", { issuer: "https://clerk.acme.example" }],
    ["decisions_provider", { providerId: "clerk" }],
    ["decisions_resource", { resource: "orders" }],
    ["decisions_action", { action: "read" }],
    ["decision_personal_subject", { subject: "ada" }],
    ["decision_rules_policy", { policyId: "premium" }],
    ["decision_rules_rule", { ruleId: "all" }],
    ["decision_rules_both", { policyId: "premium", ruleId: "all" }],
    ["decisions_reason", { reason: "no_rule_matched" }],
    ["decisions_issuer", { issuer: "https://okta.acme.example" }],
    ["decisions_provider", { providerId: "okta" }],
    ["decisions_resource", { resource: "invoices" }],
    ["decisions_action", { action: "approve" }],
    ["decision_rules_policy", { policyId: "vip" }],
    ["decision_rules_rule", { ruleId: "vip-only" }],
    ["decision_rules_both", { policyId: "vip", ruleId: "vip-only" }],
  ];

  test.each(inEverySpan(single))(
    "is read off $index in its order: $query",
    async ({ index, query }) => {
      const plan = await planOfDecisions(query);

      expect(plan).toMatch(new RegExp(`Index (?:Only )?Scan Backward using ${index} on`));
      expect(plan).not.toMatch(anythingWide);
    },
  );

  test.each(inEverySpan([["decision_personal_subject", { subject: "ben" }]]))(
    "of the few of a subject is read off $index, and sorted: $query",
    async ({ index, query }) => {
      const plan = await planOfDecisions(query);

      expect(plan).toContain(index);
      expect(plan).not.toContain("Seq Scan");
    },
  );

  const several: readonly (readonly [index: string, query: Partial<DecisionQuery>])[] = [
    ["decision_personal_subject", { subject: "ada", decision: "Allow" }],
    ["decision_rules_policy", { policyId: "premium", resource: "orders" }],
    ["decisions_", { reason: "allowed_by_rule", action: "read" }],
  ];

  test.each(inEverySpan(several))(
    "by several filters is read off $index and filtered in its order: $query",
    async ({ index, query }) => {
      const plan = await planOfDecisions(query);

      expect(plan).toContain(`Scan Backward using ${index}`);
      expect(plan).not.toMatch(anythingWide);
    },
  );
});

describe("a list of refused tokens", () => {
  const filters: readonly (readonly [index: string, query: Partial<RefusalQuery>])[] = [
    ["token_refusals_at", {}],
    ["token_refusals_code", { code: "token_expired" }],
  ];

  test.each(inEverySpan(filters))(
    "is read off $index in its order: $query",
    async ({ index, query }) => {
      const plan = await planOfRefusals(query);

      expect(plan).toContain(`Index Only Scan Backward using ${index} on`);
      expect(plan).not.toMatch(anythingWide);
    },
  );
});
