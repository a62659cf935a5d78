import { openSqliteStorage } from "@byot/storage-sqlite";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { freshDatabasePath } from "./fresh-folder.js";

test.each([
  ["no filter", ""],
  ["an answer", "AND decision = 'Deny'"],
  ["a subject", "AND subject = 'ada'"],
  ["a resource", "AND resource = 'orders'"],
  ["an action", "AND action = 'read'"],
])("a list with %s is read off an index, already in its order", async (_, filter) => {
  const path = freshDatabasePath();
  await openSqliteStorage({ path }).close();
  const client = new Database(path.replace(".db", "-decisions.db"));
  const plan = client
    .prepare(
      `EXPLAIN QUERY PLAN SELECT * FROM decisions
       WHERE workspace_id = 'acme' AND sequence < 999 ${filter} ORDER BY sequence DESC LIMIT 51`,
    )
    .all();
  client.close();
  expect(JSON.stringify(plan)).toContain("USING INDEX decisions_");
  expect(JSON.stringify(plan)).not.toContain("TEMP B-TREE");
});
