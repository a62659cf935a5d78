import type { Storage, StorageError } from "@byot/storage";
import { openPostgresStorage, type PostgresStorageOptions } from "@byot/storage-postgres";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { useServer } from "./postgres-server.js";
import { decision, newResource, newWorkspace, refusal } from "./sample-changes.js";
import { startProxy } from "./stalling-proxy.js";

// Bounds, not measurements: the machine may be busy. What they exclude is the time that other statements may take.
const longest = 5000;
const patience = { timeout: 15_000, interval: 20 };

const { postgres, freshUrl } = useServer({ dedicated: true });
let url: string;
const opened: Storage[] = [];
const reported: StorageError[] = [];

async function open(options: Partial<PostgresStorageOptions> = {}): Promise<Storage> {
  const storage = await openPostgresStorage({
    url,
    pollIntervalMillis: 50,
    onBackgroundError: (error) => reported.push(error),
    ...options,
  });
  opened.push(storage);
  return storage;
}

/** Opens a connection of its own for some work. */
async function asAdministrator<Answer>(work: (client: Client) => Promise<Answer>): Promise<Answer> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function timeOf(work: Promise<unknown>): Promise<{ millis: number; outcome: unknown }> {
  const start = performance.now();
  const outcome = await work.catch((error: unknown) => error);
  return { millis: performance.now() - start, outcome };
}

beforeEach(async () => {
  url = await freshUrl();
  reported.length = 0;
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((storage) => storage.close()));
});

describe("a restart of PostgreSQL", () => {
  test("keeps what was answered, makes calls unavailable meanwhile, and ends nothing", async () => {
    const storage = await open();
    const other = await open();
    await storage.apply(newWorkspace("acme"));
    await storage.decisionLog.append([decision(1)]);
    await storage.decisionLog.appendRefusals([refusal(1)]);

    await postgres().kill();
    for (const call of [
      () => storage.apply(newResource("orders")),
      () => storage.decisionLog.append([decision(2)]),
      () => storage.revision("acme"),
    ]) {
      await expect(call()).rejects.toMatchObject({ name: "StorageError", code: "UNAVAILABLE" });
    }
    expect(await storage.isReady()).toBe(false);
    await vi.waitFor(() => expect(storage.millisSinceConfirmed()).toBeGreaterThan(200), patience);
    await postgres().restart();

    await vi.waitFor(async () => expect(await storage.isReady()).toBe(true), patience);
    expect(await storage.apply(newResource("orders"))).toBe(2);
    await storage.decisionLog.append([decision(3)]);
    await vi.waitFor(() => expect(storage.millisSinceConfirmed()).toBeLessThan(200), patience);
    expect(await other.revision("acme")).toBe(2);
    expect(await storage.decisionLog.verify("acme")).toMatchObject({
      intact: true,
      chains: 2,
      decisions: 2,
    });
    expect(reported.every(({ code }) => code === "UNAVAILABLE")).toBe(true);
  });

  test("is followed by listeners that hear of changes again", async () => {
    const storage = await open();
    const other = await open();
    const heard: number[] = [];
    other.watchRevisions(({ revision }) => heard.push(revision));

    await postgres().restart();
    await vi.waitFor(async () => expect(await storage.isReady()).toBe(true), patience);
    await storage.apply(newWorkspace("acme"));

    await vi.waitFor(() => expect(heard).toEqual([1]), patience);
  });
});

test("a crash of PostgreSQL under load loses nothing that was acknowledged", async () => {
  const storage = await open();
  const acknowledged = new Set<string>();
  const progress = { appending: true };
  async function appendAll(writer: number): Promise<void> {
    for (let n = 0; progress.appending; n += 1) {
      const record = decision(writer * 1_000_000 + n);
      await storage.decisionLog.append([record]).then(
        () => acknowledged.add(record.decisionId),
        () => undefined,
      );
    }
  }
  const writers = [1, 2, 3].map(appendAll);

  for (let crash = 1; crash <= 3; crash += 1) {
    const before = acknowledged.size;
    await vi.waitFor(() => expect(acknowledged.size).toBeGreaterThan(before + 20), patience);
    await postgres().kill();
    await postgres().restart();
  }
  progress.appending = false;
  await Promise.all(writers);

  await vi.waitFor(async () => expect(await storage.isReady()).toBe(true), patience);
  const missing: string[] = [];
  for (const decisionId of acknowledged) {
    if ((await storage.decisionLog.find("acme", decisionId)) === undefined) {
      missing.push(decisionId);
    }
  }
  expect(missing).toEqual([]);
  expect(await storage.decisionLog.verify("acme")).toMatchObject({ intact: true, problems: [] });
});

test("connections that an administrator ends are replaced", async () => {
  const storage = await open();
  await storage.apply(newWorkspace("acme"));
  await storage.decisionLog.append([decision(1)]);

  await asAdministrator((client) =>
    client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    ),
  );

  // One of them may still be taken for good, once.
  await vi.waitFor(async () => expect(await storage.revision("acme")).toBe(1), patience);
  await vi.waitFor(() => storage.decisionLog.append([decision(2)]), patience);
  expect(await storage.decisionLog.verify("acme")).toMatchObject({ intact: true, decisions: 2 });
});

test("connections that are lost within a transaction make it fail, and end nothing", async () => {
  const storage = await open();
  await storage.apply(newWorkspace("acme"));
  await asAdministrator(async (client) => {
    await client.query("BEGIN");
    await client.query("SELECT * FROM byot.workspace_revisions FOR UPDATE");
    const change = timeOf(storage.apply(newResource("orders")));
    const blocked = `SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await vi.waitFor(async () => expect((await client.query(blocked)).rowCount).toBe(1), patience);
    await client.query(`SELECT pg_terminate_backend(pid) FROM (${blocked}) AS b`);
    expect((await change).outcome).toMatchObject({
      code: "UNAVAILABLE",
      cause: { code: "57P01" },
    });
    await client.query("ROLLBACK");
  });

  expect(await storage.apply(newResource("orders"))).toBe(2);
});

describe("a log that somebody else has locked", () => {
  test("makes appends unavailable in time, and loses none afterwards", async () => {
    const storage = await open({ appendTimeoutMillis: 300 });
    await storage.decisionLog.append([decision(1)]);

    await asAdministrator(async (client) => {
      await client.query("BEGIN");
      await client.query("LOCK TABLE byot.decisions IN EXCLUSIVE MODE");
      const appends = [2, 3].map((n) => timeOf(storage.decisionLog.append([decision(n)])));
      for (const { millis, outcome } of await Promise.all(appends)) {
        expect(outcome).toMatchObject({ name: "StorageError", code: "UNAVAILABLE" });
        expect(millis).toBeLessThan(longest);
      }
      expect(await storage.decisionLog.find("acme", decision(1).decisionId)).toBeDefined();
      await client.query("ROLLBACK");
    });
    await vi.waitFor(() => storage.decisionLog.append([decision(4)]), patience);

    const found = await storage.decisionLog.list("acme", { limit: 10 });
    expect(found.items.map(({ requestId }) => requestId)).toEqual(["request-4", "request-1"]);
    expect(await storage.decisionLog.verify("acme")).toMatchObject({ intact: true });
  });
});

test("decisions are appended while every other connection is in use", async () => {
  const storage = await open({ poolSize: 1, statementTimeoutMillis: 1000 });
  await storage.apply(newWorkspace("acme"));
  await asAdministrator(async (client) => {
    await client.query("BEGIN");
    await client.query("SELECT * FROM byot.workspace_revisions FOR UPDATE");
    const waiting = timeOf(storage.apply(newResource("orders")));

    await storage.decisionLog.append([decision(1)]);

    expect((await waiting).outcome).toMatchObject({ code: "UNAVAILABLE" });
    await client.query("ROLLBACK");
  });
  expect(await storage.apply(newResource("orders"))).toBe(2);
});

test("the configuration is read while slow queries of the log have all their connections", async () => {
  const storage = await open({ poolSize: 1, statementTimeoutMillis: 1000 });
  await storage.apply(newWorkspace("acme"));
  const span = { from: new Date(0), until: new Date(1000), bucketMillis: 1000 };
  await asAdministrator(async (client) => {
    await client.query("BEGIN");
    await client.query("LOCK TABLE byot.decisions");
    const slow = Array.from({ length: 20 }, () =>
      timeOf(storage.decisionLog.statistics("acme", span)),
    );

    expect(await storage.revision("acme")).toBe(1);

    await client.query("ROLLBACK");
    await Promise.all(slow);
  });
});

test("the log is read while it is verified many times at once", async () => {
  const storage = await open({ statementTimeoutMillis: 1000 });
  await storage.decisionLog.append([decision(1)]);
  await asAdministrator(async (client) => {
    await client.query("BEGIN");
    await client.query("LOCK TABLE byot.chains");
    const slow = Array.from({ length: 20 }, () => timeOf(storage.decisionLog.verify("acme")));

    expect(await storage.decisionLog.find("acme", decision(1).decisionId)).toBeDefined();

    await client.query("ROLLBACK");
    await Promise.all(slow);
  });
});

describe("a database that plays dead", () => {
  test("makes appends unavailable in time, and is used again when it wakes up", async () => {
    const proxy = await startProxy(url);
    const storage = await open({
      url: proxy.url,
      appendTimeoutMillis: 300,
      statementTimeoutMillis: 500,
    });
    await storage.decisionLog.append([decision(1)]);

    proxy.stall();
    // The first finds a connection that does not answer, the second none at all.
    for (const n of [2, 3]) {
      const { millis, outcome } = await timeOf(storage.decisionLog.append([decision(n)]));
      expect(outcome).toMatchObject({ name: "StorageError", code: "UNAVAILABLE" });
      expect(millis).toBeLessThan(longest);
    }
    await expect(storage.revision("acme")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    const ready = await timeOf(storage.isReady());
    expect(ready.outcome).toBe(false);
    expect(ready.millis).toBeLessThan(longest);
    proxy.resume();

    await vi.waitFor(() => storage.decisionLog.append([decision(4)]), patience);
    expect(await storage.decisionLog.verify("acme")).toMatchObject({ intact: true });
    await storage.close();
    await proxy.close();
  });

  test("does not keep a storage from being closed", async () => {
    const proxy = await startProxy(url);
    const storage = await open({ url: proxy.url, statementTimeoutMillis: 500 });
    await storage.revision("acme");
    proxy.stall();
    const waiting = timeOf(storage.revision("acme"));

    await storage.close();

    expect((await waiting).outcome).toMatchObject({ code: "UNAVAILABLE" });
    await proxy.close();
  });
});

test("a database that takes no writes is not ready", async () => {
  const storage = await open();
  expect(await storage.isReady()).toBe(true);
  await asAdministrator(async (client) => {
    const { database } = client;
    await client.query(`ALTER DATABASE ${database} SET default_transaction_read_only = on`);
  });
  const readOnly = await open({ migrate: "check" });

  expect(await readOnly.isReady()).toBe(false);
  await expect(readOnly.decisionLog.append([decision(1)])).rejects.toMatchObject({
    code: "UNAVAILABLE",
    cause: { code: "25006" },
  });
  // What is said when a connection is made does not change it afterwards.
  expect(await storage.isReady()).toBe(true);
});
