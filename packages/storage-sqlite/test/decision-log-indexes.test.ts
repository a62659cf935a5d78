import { openSqliteStorage } from "@byot/storage-sqlite";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { freshDatabasePath } from "./fresh-folder.js";

test.each([
  ["decisions", "no filter", ""],
  ["decisions", "an answer", "AND decision = 'Deny'"],
  ["decisions", "a subject", "AND subject = 'ada'"],
  ["decisions", "a resource", "AND resource = 'orders'"],
  ["decisions", "an action", "AND action = 'read'"],
  ["token_refusals", "no filter", ""],
])("a list of %s with %s is read off an index, already in its order", async (table, _, filter) => {
  const page = `FROM ${table} WHERE workspace_id = 'acme' AND sequence < 999 ${filter}`;
  for (const time of ["", "AND at >= 1772442000000"]) {
    const plan = await planOf(`SELECT * ${page} ${time} ORDER BY sequence DESC LIMIT 51`);
    expect(plan).toContain(`USING INDEX ${table}_`);
    expect(plan).not.toContain("TEMP B-TREE");
  }
  // That the index alone answers this shows that it tells the time of a row without the row.
  const plan = await planOf(`SELECT sequence ${page} AND at >= 1772442000000`);
  expect(plan).toContain(`USING COVERING INDEX ${table}_`);
});

async function planOf(query: string): Promise<string> {
  const path = freshDatabasePath();
  await openSqliteStorage({ path }).close();
  const client = new Database(path.replace(".db", "-decisions.db"));
  const plan = client.prepare(`EXPLAIN QUERY PLAN ${query}`).all();
  client.close();
  return JSON.stringify(plan);
}
