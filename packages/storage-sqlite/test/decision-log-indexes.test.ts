import { openSqliteStorage } from "@byot/storage-sqlite";
import Database from "better-sqlite3";
import { beforeAll, describe, expect, test } from "vitest";
import {
  decisionCountSql,
  decisionFilters,
  decisionListSql,
  refusalListSql,
} from "../src/decisions/list-sql.js";
import { createLogLists } from "../src/decisions/sqlite-log-lists.js";
import { freshDatabasePath } from "./fresh-folder.js";
import { at, decision } from "./sample-changes.js";

const path = freshDatabasePath();

beforeAll(async () => {
  await openSqliteStorage({ path }).close();
});

function planOf(sql: string): readonly string[] {
  const client = new Database(path.replace(".db", "-decisions.db"), { readonly: true });
  const plan = client
    .prepare<[object], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    .all({
      workspaceId: "acme",
      fromAt: 0,
      untilAt: 1,
      untilId: "",
      limit: 51,
      code: "token_expired",
      policyId: "premium",
      ruleId: "",
      ...Object.fromEntries(decisionFilters.map((filter) => [filter, "asked for"])),
    });
  client.close();
  return plan.map(({ detail }) => detail);
}

const boundedByTime = /^SEARCH \w USING .*AND at>\? AND \(at,\w+\)<\(\?,\?\)\)$/;
const byKey = /^SEARCH \w( EXISTS)? USING (INTEGER )?PRIMARY KEY/;

/**
 * The steps of a plan that are none of an indexed list's: it reads its first table in the order of an index and within
 * its span, and looks all else up by key.
 */
function stepsAside([lead = "", ...others]: readonly string[]): readonly string[] {
  return [
    ...(boundedByTime.test(lead) ? [] : [lead]),
    ...others.filter((step) => !byKey.test(step)),
  ];
}

const eachFilter = decisionFilters.map((filter) => [filter] as const);
const eachPair = decisionFilters.flatMap((lead) =>
  decisionFilters.filter((other) => other !== lead).map((other) => [lead, other] as const),
);

describe("a list of decisions is read off an index, in its order and no further than its span", () => {
  test("without filters", () => {
    expect(stepsAside(planOf(decisionListSql([])))).toEqual([]);
  });

  test.each(eachFilter)("with the filter %s", (filter) => {
    expect(stepsAside(planOf(decisionListSql([filter])))).toEqual([]);
  });

  test.each(eachPair)("with the filters %s and %s", (lead, other) => {
    expect(stepsAside(planOf(decisionListSql([lead, other])))).toEqual([]);
  });

  test.each(eachFilter)("with all filters, led by %s", (lead) => {
    const others = decisionFilters.filter((filter) => filter !== lead);
    expect(stepsAside(planOf(decisionListSql([lead, ...others])))).toEqual([]);
  });
});

test.each(eachFilter)("what matches the filter %s is counted on an index alone", (filter) => {
  const plan = planOf(decisionCountSql(filter)).filter((detail) => detail.startsWith("SEARCH"));
  expect(plan).toEqual([expect.stringMatching(/COVERING INDEX|USING PRIMARY KEY/)]);
});

test.each([[undefined], ["code"] as const])(
  "a list of refused tokens with the filter %s is read off an index, in its order and no further than its span",
  (filter) => {
    expect(stepsAside(planOf(refusalListSql(filter)))).toEqual([]);
  },
);

test("a list with several filters is read by the one that matches least", async () => {
  const storage = openSqliteStorage({ path });
  await storage.decisionLog.append(
    Array.from({ length: 300 }, (_, n) =>
      decision(`decision-${n}`, {
        reason: "denied_by_rule",
        resource: n === 7 ? "rare" : "orders",
      }),
    ),
  );
  await storage.close();
  const statements: string[] = [];
  const client = new Database(path.replace(".db", "-decisions.db"), {
    verbose: (sql) => statements.push(String(sql)),
  });
  const query = { limit: 10, from: at, reason: "denied_by_rule", resource: "rare" };

  const { items } = createLogLists(client).list("acme", query);

  client.close();
  expect(items.map(({ decisionId }) => decisionId)).toEqual(["decision-7"]);
  expect(statements.at(-1)).toContain("INDEXED BY decisions_resource");
});
