import { execFile } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Worker } from "node:worker_threads";
import type { Storage } from "@byot/storage";
import { openSqliteStorage } from "@byot/storage-sqlite";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createDecisionWriter } from "../src/decisions/decision-writer.js";
import { toStorageError } from "../src/sqlite-errors.js";
import { freshDatabasePath } from "./fresh-folder.js";
import { at, decision, erasureOfAda, refusal } from "./sample-changes.js";

const page = { limit: 200 };

let path: string;
let decisionsPath: string;

beforeEach(() => {
  path = freshDatabasePath();
  decisionsPath = path.replace(".db", "-decisions.db");
});

/** The threads that are started while something is done. */
async function threadsOf(work: () => Promise<unknown>): Promise<readonly Worker[]> {
  const started: Worker[] = [];
  const listener = (worker: Worker): void => void started.push(worker);
  process.on("worker", listener);
  await work();
  process.off("worker", listener);
  return started;
}

function numbered(from: number, count: number): readonly ReturnType<typeof decision>[] {
  return Array.from({ length: count }, (_, n) => decision(`decision-${from + n}`));
}

describe("a decision log that is locked by somebody else", () => {
  let storage: Storage;
  let other: Database.Database;

  beforeEach(async () => {
    storage = openSqliteStorage({ path, decisionsBusyTimeoutMillis: 20 });
    await storage.decisionLog.append([decision("1")]);
    other = new Database(decisionsPath);
    other.exec("BEGIN IMMEDIATE");
  });

  afterEach(async () => {
    other.close();
    await storage.close();
  });

  test("refuses what would be written, with SQLite's own error as the cause", async () => {
    const unavailable = {
      name: "StorageError",
      code: "UNAVAILABLE",
      message: "the database cannot be used now: `SQLITE_BUSY`",
      cause: { code: "SQLITE_BUSY" },
    };
    await expect(storage.decisionLog.append([decision("2")])).rejects.toMatchObject(unavailable);
    await expect(storage.decisionLog.appendRefusals([refusal("1")])).rejects.toMatchObject(
      unavailable,
    );
    await expect(storage.decisionLog.eraseSubject("acme", erasureOfAda)).rejects.toMatchObject(
      unavailable,
    );
    await expect(storage.decisionLog.dropBefore("acme", new Date())).rejects.toMatchObject(
      unavailable,
    );
    expect(await storage.isReady()).toBe(false);
  });

  test("can be read, verified and counted", async () => {
    expect((await storage.decisionLog.list("acme", page)).items).toEqual([decision("1")]);
    expect(await storage.decisionLog.verify("acme")).toMatchObject({ intact: true, decisions: 1 });
    const span = { from: at, until: new Date(at.getTime() + 1000), bucketMillis: 1000 };
    expect((await storage.decisionLog.statistics("acme", span)).buckets).toMatchObject([
      { allowed: 1 },
    ]);
  });

  test("does not stop the process: an append waits in a thread", async () => {
    await storage.close();
    // What is up to date is opened without the lock.
    storage = openSqliteStorage({
      path,
      busyTimeoutMillis: 0,
      decisionsBusyTimeoutMillis: 60_000,
    });
    const appended = storage.decisionLog.append([decision("2")]);
    expect(await storage.decisionLog.find("acme", "1")).toEqual(decision("1"));
    other.exec("ROLLBACK");
    await appended;
    expect(await storage.decisionLog.find("acme", "2")).toEqual(decision("2"));
  });

  test("is whole when it can be written again, in a chain of its own", async () => {
    await expect(storage.decisionLog.append([decision("2")])).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
    other.exec("ROLLBACK");
    await storage.decisionLog.append([decision("3")]);
    expect(await storage.isReady()).toBe(true);
    expect(await storage.decisionLog.find("acme", "2")).toBeUndefined();
    expect(await storage.decisionLog.verify("acme")).toMatchObject({
      intact: true,
      chains: 2,
      decisions: 2,
    });
  });
});

describe("a writer whose database", () => {
  beforeEach(async () => {
    await openSqliteStorage({ path }).close();
  });

  test("is full writes nothing half, and goes on when there is room again", async () => {
    const client = new Database(decisionsPath);
    const writer = createDecisionWriter(client);
    await writer.append([decision("1")]);
    client.pragma("wal_checkpoint(TRUNCATE)");
    const pages = Number(client.pragma("page_count", { simple: true }));
    client.pragma(`max_page_count = ${pages}`);
    const error = errorOf(() => writer.append(numbered(0, 512)));
    expect(toStorageError(error)).toMatchObject({
      code: "UNAVAILABLE",
      cause: { code: "SQLITE_FULL" },
    });
    expect(client.prepare("SELECT count(*) FROM decisions").pluck().get()).toBe(1);
    client.pragma("max_page_count = 1000000");
    await writer.append(numbered(0, 512));
    client.close();
    const storage = openSqliteStorage({ path });
    expect(await storage.decisionLog.verify("acme")).toMatchObject({
      intact: true,
      chains: 2,
      decisions: 513,
    });
    await storage.close();
  });

  test("is read-only says so for every call, and that it cannot be written", () => {
    const client = new Database(decisionsPath, { readonly: true });
    const writer = createDecisionWriter(client);
    const readOnly = { code: "UNAVAILABLE", cause: { code: "SQLITE_READONLY" } };
    expect(toStorageError(errorOf(() => writer.append([decision("1")])))).toMatchObject(readOnly);
    expect(toStorageError(errorOf(() => writer.appendRefusals([refusal("1")])))).toMatchObject(
      readOnly,
    );
    expect(writer.canWrite(undefined)).toBe(false);
    client.close();
  });
});

function errorOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return "done";
}

describe("the thread that writes", () => {
  test("is replaced when it dies, and its successor writes a chain of its own", async () => {
    const storage = openSqliteStorage({ path });
    const [thread] = await threadsOf(() => storage.decisionLog.append([decision("1")]));
    const pending = storage.decisionLog.append([decision("2")]);
    await Promise.all([
      expect(pending).rejects.toMatchObject({ name: "StorageError", code: "UNAVAILABLE" }),
      thread?.terminate(),
    ]);
    await storage.decisionLog.append([decision("3")]);
    const { items } = await storage.decisionLog.list("acme", page);
    // Whether the second one was written when the thread died, nobody can tell.
    expect(items.map(({ decisionId }) => decisionId)).toEqual(expect.arrayContaining(["1", "3"]));
    expect(await storage.decisionLog.verify("acme")).toMatchObject({ intact: true, chains: 2 });
    await storage.close();
  });

  test("writes all that was appended before the storage was closed", async () => {
    const storage = openSqliteStorage({ path });
    const appended = Array.from({ length: 40 }, (_, n) =>
      storage.decisionLog.append(numbered(n * 10, 10)),
    );
    await Promise.all([storage.close(), storage.close()]);
    await Promise.all(appended);
    await expect(storage.decisionLog.append([decision("late")])).rejects.toMatchObject({
      code: "CLOSED",
    });
    expect(readdirSync(dirname(path)).toSorted()).toEqual(["byot-decisions.db", "byot.db"]);
    const found = openSqliteStorage({ path });
    expect(await found.decisionLog.verify("acme")).toMatchObject({ intact: true, decisions: 400 });
    await found.close();
  });

  test("ends with the storage", async () => {
    const storage = openSqliteStorage({ path });
    const [thread] = await threadsOf(() => storage.isReady());
    const ended =
      thread === undefined ? Promise.reject(new Error("no thread")) : once(thread, "exit");
    await storage.close();
    expect(await ended).toEqual([0]);
    expect(await storage.isReady()).toBe(false);
  });

  test("keeps no process alive that has nothing to write", async () => {
    const script = `
      import { openSqliteStorage } from ${JSON.stringify(new URL("../dist/index.js", import.meta.url).href)};
      const storage = openSqliteStorage({ path: ${JSON.stringify(path)} });
      console.log(await storage.isReady());`;
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script]);
    expect(stdout).toBe("true\n");
  });
});

test("what was erased is in none of the files any more", async () => {
  const storage = openSqliteStorage({ path });
  const subject = "0f6c1a-the-only-subject-of-this-name";
  await storage.decisionLog.append([
    ...numbered(0, 100),
    decision("erased", { personal: { subject, attributes: [] } }),
  ]);
  await storage.decisionLog.appendRefusals([{ ...refusal("erased"), subject }]);
  const left = (): readonly string[] =>
    readdirSync(dirname(path)).filter((name) =>
      readFileSync(join(dirname(path), name)).includes(subject),
    );
  expect(left()).not.toEqual([]);

  const erasure = { ...erasureOfAda, subjects: [subject] };
  expect(await storage.decisionLog.eraseSubject("acme", erasure)).toEqual({
    decisions: 1,
    refusals: 1,
  });

  expect(left()).toEqual([]);
  await storage.close();
});
