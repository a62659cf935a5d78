import type { RevisionChange, Storage } from "@byot/storage";
import { openPostgresStorage, type PostgresStorageOptions } from "@byot/storage-postgres";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { useServer } from "./postgres-server.js";
import { newResource, newWorkspace } from "./sample-changes.js";

// A bound, not a measurement: whatever is waited for comes much sooner.
const patience = { timeout: 10_000, interval: 10 };
// So long that within a test nothing is told by it.
const never = 60_000;

const { freshUrl } = useServer();
let url: string;
let client: Client;
const opened: Storage[] = [];

async function open(options: Partial<PostgresStorageOptions> = {}): Promise<Storage> {
  const storage = await openPostgresStorage({ url, ...options });
  opened.push(storage);
  return storage;
}

function listen(storage: Storage): readonly RevisionChange[] {
  const heard: RevisionChange[] = [];
  storage.watchRevisions((change) => heard.push(change));
  return heard;
}

beforeEach(async () => {
  url = await freshUrl();
  client = new Client({ connectionString: url });
  await client.connect();
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((storage) => storage.close()));
  await client.end();
});

/** Raises a revision as another storage would, but without a notification. */
async function raiseSilently(revision: number): Promise<void> {
  await client.query(
    `UPDATE byot.workspace_revisions
     SET revision = $1, changed_by = pg_current_xact_id()::text::bigint`,
    [revision],
  );
}

/** Ends the connections of all storages, as an administrator can. */
async function terminateAll(): Promise<void> {
  await client.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
}

describe("changes of another storage", () => {
  test("are told by a notification, long before they are asked for", async () => {
    const one = await open({ pollIntervalMillis: never });
    const other = await open({ pollIntervalMillis: never });
    const heard = listen(other);

    await one.apply(newWorkspace("acme"));

    await vi.waitFor(() => expect(heard).toEqual([{ workspaceId: "acme", revision: 1 }]), patience);
  });

  test("are told although the notification was lost", async () => {
    const storage = await open({ pollIntervalMillis: 20 });
    await storage.apply(newWorkspace("acme"));
    const heard = listen(storage);

    await raiseSilently(7);

    await vi.waitFor(() => expect(heard).toEqual([{ workspaceId: "acme", revision: 7 }]), patience);
  });

  test("are told when they were made in a long transaction that others have overtaken", async () => {
    const storage = await open({ pollIntervalMillis: 20 });
    const other = await open();
    await storage.apply(newWorkspace("acme"));
    await storage.apply(newWorkspace("globex"));
    const heard = listen(storage);
    await client.query("BEGIN");
    await client.query(
      `UPDATE byot.workspace_revisions
       SET revision = 5, changed_by = pg_current_xact_id()::text::bigint
       WHERE workspace_id = 'globex'`,
    );
    await other.apply(newResource("orders"));
    await vi.waitFor(() => expect(heard).toEqual([{ workspaceId: "acme", revision: 2 }]), patience);

    await client.query("COMMIT");

    await vi.waitFor(() => expect(heard).toHaveLength(2), patience);
    expect(heard[1]).toEqual({ workspaceId: "globex", revision: 5 });
  });

  test("are told after the connection that listened was lost meanwhile", async () => {
    const storage = await open({ pollIntervalMillis: 100 });
    await storage.apply(newWorkspace("acme"));
    const heard = listen(storage);

    await terminateAll();
    await raiseSilently(3);

    await vi.waitFor(() => expect(heard.at(-1)?.revision).toBe(3), patience);
    const other = await open();
    await other.apply(newResource("orders"));
    await vi.waitFor(() => expect(heard.at(-1)?.revision).toBe(4), patience);
  });

  test("are told when a database without the last ones has taken the place of the one before", async () => {
    const storage = await open({ pollIntervalMillis: 100 });
    await storage.apply(newWorkspace("acme"));
    await storage.apply(newWorkspace("globex"));
    await storage.apply(newResource("orders"));
    const heard = listen(storage);

    await client.query("UPDATE byot.workspace_revisions SET revision = 1");
    await terminateAll();

    await vi.waitFor(() => expect(heard).toHaveLength(2), patience);
    expect(
      heard.toSorted((left, right) => (left.workspaceId < right.workspaceId ? -1 : 1)),
    ).toEqual([
      { workspaceId: "acme", revision: 1 },
      { workspaceId: "globex", revision: 1 },
    ]);
  });

  test("are not made up by whoever sends a notification", async () => {
    const storage = await open({ pollIntervalMillis: 20 });
    await storage.apply(newWorkspace("acme"));
    const heard = listen(storage);

    await client.query(
      "SELECT pg_notify('byot_revisions', '99 acme'), pg_notify('byot_revisions', '{')",
    );
    await storage.apply(newResource("orders"));

    await vi.waitFor(() => expect(heard).toHaveLength(1), patience);
    expect(heard).toEqual([{ workspaceId: "acme", revision: 2 }]);
  });
});

describe("a storage's own changes", () => {
  test("are told once, before apply resolves to whoever waits for it", async () => {
    const storage = await open({ pollIntervalMillis: 10 });
    const heard = listen(storage);

    await storage.apply(newWorkspace("acme"));
    expect(heard).toEqual([{ workspaceId: "acme", revision: 1 }]);
    await raiseSilently(2);

    await vi.waitFor(() => expect(heard).toHaveLength(2), patience);
    expect(heard.map(({ revision }) => revision)).toEqual([1, 2]);
  });

  test("are not told after close", async () => {
    const storage = await open({ pollIntervalMillis: 10 });
    await storage.apply(newWorkspace("acme"));
    const heard = listen(storage);

    await storage.close();
    await raiseSilently(2);
    const other = await open();
    await other.apply(newResource("orders"));

    expect(heard).toEqual([]);
  });
});

test("the marks of transactions that another cluster had are taken for old ones when it is opened", async () => {
  const storage = await open();
  await storage.apply(newWorkspace("acme"));
  await storage.close();
  await client.query("UPDATE byot.workspace_revisions SET changed_by = 1000000000000");

  await open();

  const { rows } = await client.query<{ ahead: boolean }>(
    `SELECT changed_by >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS ahead
     FROM byot.workspace_revisions`,
  );
  expect(rows).toEqual([{ ahead: false }]);
});

describe("millisSinceConfirmed", () => {
  test("stays small while the database answers", async () => {
    const storage = await open({ pollIntervalMillis: 20 });

    await vi.waitFor(() => expect(storage.millisSinceConfirmed()).toBeLessThan(500), patience);
  });
});
