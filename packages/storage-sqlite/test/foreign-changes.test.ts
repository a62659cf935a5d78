import { createRevisionWatch, type RevisionChange } from "@byot/storage";
import { openSqliteStorage } from "@byot/storage-sqlite";
import { expect, test } from "vitest";
import { createForeignChanges } from "../src/foreign-changes.js";
import { openDatabase } from "../src/open-database.js";
import { freshDatabasePath } from "./fresh-folder.js";
import { newResource, newWorkspace, workspaceDeletion } from "./sample-changes.js";

test("every revision that another connection made is announced once, when somebody looks", async () => {
  const path = freshDatabasePath();
  const other = openSqliteStorage({ path });
  await other.apply(newWorkspace("old"));
  const database = openDatabase({ path, busyTimeoutMillis: 0, migrations: "configuration" });
  const revisions = createRevisionWatch();
  const told: RevisionChange[] = [];
  revisions.watch((change) => told.push(change));
  let now = 1000;
  const foreign = createForeignChanges({ database, revisions, monotonicMillis: () => now });

  await other.apply(newWorkspace("acme"));
  await other.apply(newResource("orders"));
  await other.apply(workspaceDeletion("old"));
  foreign.note({ workspaceId: "acme", revision: 2 });
  now = 1500;
  expect(foreign.millisSinceLook()).toBe(500);
  foreign.look();
  foreign.look();
  await Promise.resolve();
  await Promise.resolve();

  expect(told).toEqual([{ workspaceId: "old", revision: 2 }]);
  expect(foreign.millisSinceLook()).toBe(0);
  database.$client.close();
  now = 2500;
  foreign.look();
  expect(foreign.millisSinceLook()).toBe(1000);
  await other.close();
});

test("a storage that holds its files exclusively has nobody to look for", async () => {
  const storage = openSqliteStorage({ path: freshDatabasePath(), exclusive: true });
  expect(storage.millisSinceConfirmed()).toBe(0);
  await storage.close();
});

test("a storage tells how long ago it looked last", async () => {
  const storage = openSqliteStorage({ path: freshDatabasePath(), watchIntervalMillis: 60_000 });
  const before = storage.millisSinceConfirmed();
  expect(before).toBeGreaterThanOrEqual(0);
  expect(storage.millisSinceConfirmed()).toBeGreaterThanOrEqual(before);
  await storage.close();
});
