import type { Storage } from "@byot/storage";
import { openSqliteStorage } from "@byot/storage-sqlite";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { freshDatabasePath } from "./fresh-folder.js";
import {
  apiKey,
  decision,
  newResource,
  newWorkspace,
  origin,
  workspaceDeletion,
} from "./sample-changes.js";

describe("two connections on one file", () => {
  let path: string;
  let one: Storage;
  let other: Storage;

  beforeEach(async () => {
    path = freshDatabasePath();
    one = openSqliteStorage({ path, busyTimeoutMillis: 0 });
    other = openSqliteStorage({ path, busyTimeoutMillis: 0 });
    await one.apply(newWorkspace("acme"));
  });

  afterEach(async () => {
    await one.close();
    await other.close();
  });

  test("see each other's changes", async () => {
    await other.apply(newResource("orders"));
    expect(await one.resources.find("acme", "orders")).toMatchObject({ version: 2 });
    expect(await one.apply(newResource("invoices"))).toBe(3);
  });

  test("conflict when both write the same thing", async () => {
    await one.apply(newResource("orders"));
    await expect(other.apply(newResource("orders"))).rejects.toMatchObject({
      code: "ALREADY_EXISTS",
    });
    expect(await other.revision("acme")).toBe(2);
  });

  test("do not leave a key behind in a workspace that the other one deleted", async () => {
    await other.apply(workspaceDeletion("acme"));
    await expect(one.apiKeys.create(apiKey("ci", "acme"), origin)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await other.apply(newWorkspace("acme"));
    expect((await one.apiKeys.list("acme", { limit: 10 })).items).toEqual([]);
  });

  test("look for the workspace of a key under the lock that writes the key", async () => {
    const third = new Database(path);
    third.exec("BEGIN IMMEDIATE");
    // Whether there is a workspace depends on what the third one is about to write.
    for (const workspaceId of ["acme", "globex"]) {
      await expect(one.apiKeys.create(apiKey("ci", workspaceId), origin)).rejects.toMatchObject({
        code: "UNAVAILABLE",
      });
    }
    third.exec("ROLLBACK");
    third.close();
    expect(await one.apiKeys.find("ci")).toBeUndefined();
    await one.apiKeys.create(apiKey("ci", "acme"), origin);
  });

  test("append to one decision log", async () => {
    await one.decisionLog.append([decision("1")]);
    await other.decisionLog.append([decision("2")]);
    await expect(one.decisionLog.append([decision("2")])).rejects.toMatchObject({
      code: "ALREADY_EXISTS",
    });
    const { items } = await one.decisionLog.list("acme", { limit: 10 });
    expect(items.map(({ decisionId }) => decisionId)).toEqual(["2", "1"]);
  });

  test("read while a third one writes, but do not write", async () => {
    const third = new Database(path);
    third.exec("BEGIN IMMEDIATE");
    await expect(one.apply(newResource("orders"))).rejects.toMatchObject({
      name: "StorageError",
      code: "UNAVAILABLE",
      message: "the database cannot be used now: `SQLITE_BUSY`",
      cause: { code: "SQLITE_BUSY" },
    });
    expect(await one.isReady()).toBe(false);
    expect(await one.revision("acme")).toBe(1);
    third.exec("ROLLBACK");
    third.close();
    expect(await one.isReady()).toBe(true);
    expect(await one.apply(newResource("orders"))).toBe(2);
  });

  test("append decisions while a third one locks the configuration", async () => {
    const third = new Database(path);
    third.exec("BEGIN IMMEDIATE");
    await one.decisionLog.append([decision("1")]);
    expect(await one.decisionLog.find("acme", "1")).toEqual(decision("1"));
    third.close();
  });

  test("make nothing half when the decision log is locked", async () => {
    const third = new Database(path.replace(".db", "-decisions.db"));
    third.exec("BEGIN IMMEDIATE");
    await expect(one.decisionLog.append([decision("1")])).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
    third.close();
    expect(await one.decisionLog.find("acme", "1")).toBeUndefined();
  });
});
