import {
  createStaticSnapshots,
  createWorkspaceSnapshots,
  type SnapshotLimits,
  type WorkspaceSnapshots,
} from "@byot/authorizer";
import { describe, expect, test } from "vitest";
import { configuration } from "./support/configuration.js";
import { type FakeStorage, fakeStorage } from "./support/fake-storage.js";
import { manualTime, settled } from "./support/manual-time.js";

function start(limits: Partial<SnapshotLimits> = {}) {
  const storage = fakeStorage();
  const time = manualTime();
  const snapshots = createWorkspaceSnapshots(storage, { ...time, limits });
  return { storage, time, snapshots, find: finder(snapshots) };
}

/** Finds the snapshot itself; `undefined` when there is no such workspace. */
function finder(snapshots: WorkspaceSnapshots) {
  return async (workspaceId: string, minRevision?: number) => {
    const found = await snapshots.find(workspaceId, minRevision);
    return found.ok ? found.value : undefined;
  };
}

/** Answers the read of that number with the workspace at a revision. */
function answer(storage: FakeStorage, read: number, revision: number): void {
  const pending = storage.reads[read];
  pending?.resolve(configuration({ workspaceId: pending.workspaceId, revision }));
}

/** Acme, loaded at revision 7. */
async function startAt7() {
  const started = start();
  const found = started.find("acme");
  answer(started.storage, 0, 7);
  await found;
  return started;
}

describe("snapshots that follow a storage", () => {
  test("are read when they are first asked for, and not before", () => {
    const { storage, find } = start();

    expect(storage.reads).toEqual([]);
    void find("acme");
    expect(storage.reads).toMatchObject([{ workspaceId: "acme" }]);
  });

  test("are compiled once and then answered from memory", async () => {
    const { storage, find } = start();
    const first = find("acme");
    answer(storage, 0, 1);

    const compiled = await first;

    expect(compiled).toMatchObject({ workspaceId: "acme", revision: 1 });
    expect(await find("acme")).toBe(compiled);
    expect(storage.reads).toHaveLength(1);
  });

  test("are read once for all who wait", async () => {
    const { storage, find } = start();
    const waiting = [1, 2, 3].map(() => find("acme"));
    answer(storage, 0, 1);

    const found = await Promise.all(waiting);

    expect(new Set(found).size).toBe(1);
    expect(storage.reads).toHaveLength(1);
  });

  test("are kept apart by workspace", async () => {
    const { storage, find } = start();
    const both = Promise.all([find("acme"), find("globex")]);
    answer(storage, 1, 20);
    answer(storage, 0, 10);

    expect(await both).toMatchObject([
      { workspaceId: "acme", revision: 10 },
      { workspaceId: "globex", revision: 20 },
    ]);
  });

  test("are dropped when the storage tells of a new revision", async () => {
    const { storage, find } = start();
    const before = find("acme");
    answer(storage, 0, 1);
    await before;

    storage.announce("acme", 2);
    const after = find("acme");
    answer(storage, 1, 2);

    expect(await after).toMatchObject({ revision: 2 });
  });

  test("stay when another workspace changes", async () => {
    const { storage, find } = start();
    const before = find("acme");
    answer(storage, 0, 1);
    await before;

    storage.announce("globex", 2);

    expect(await find("acme")).toMatchObject({ revision: 1 });
    expect(storage.reads).toHaveLength(1);
  });

  test("do not hide a change that is made while they are read", async () => {
    const { storage, find } = start();
    const early = find("acme");
    storage.announce("acme", 2);
    const late = find("acme");
    // The read that began before the change comes back last: it must not push the newer one out.
    answer(storage, 1, 2);
    await late;
    answer(storage, 0, 1);
    await early;

    expect(await late).toMatchObject({ revision: 2 });
    expect(await early).toMatchObject({ revision: 1 });
    expect(await find("acme")).toMatchObject({ revision: 2 });
    expect(storage.reads).toHaveLength(2);
  });

  test("of an unknown workspace are not read again for two seconds", async () => {
    const { storage, time, snapshots } = start();
    const before = snapshots.find("acme");
    storage.reads[0]?.resolve(undefined);
    expect(await before).toEqual({
      ok: false,
      error: { code: "workspace_unknown", detail: "there is no workspace `acme`" },
    });

    await time.advance(1_999);
    const still = await snapshots.find("acme");
    await time.advance(1);
    void snapshots.find("acme");

    expect(still).toEqual(await before);
    expect(storage.reads).toHaveLength(2);
  });

  test("of an unknown workspace are read at once when it is created", async () => {
    const { storage, find } = start();
    const before = find("acme");
    storage.reads[0]?.resolve(undefined);
    await before;

    storage.announce("acme", 1);
    const after = find("acme");
    answer(storage, 1, 1);

    expect(await after).toMatchObject({ revision: 1 });
  });

  test("that could not be read are not kept: the failure may pass", async () => {
    const { storage, find } = start();
    const outage = new Error("the database is away");
    const before = find("acme");
    storage.reads[0]?.reject(outage);
    await expect(before).rejects.toBe(outage);

    const after = find("acme");
    answer(storage, 1, 1);

    expect(await after).toMatchObject({ revision: 1 });
  });

  test("that failed late do not push out what was read after them", async () => {
    const { storage, find } = start();
    const early = find("acme");
    storage.announce("acme", 2);
    const late = find("acme");
    answer(storage, 1, 2);
    await late;
    storage.reads[0]?.reject(new Error("the database is away"));
    await expect(early).rejects.toThrow("the database is away");

    await find("acme");

    expect(storage.reads).toHaveLength(2);
  });

  test("that can not be compiled are an error for everyone, and not kept", async () => {
    const { storage, find } = start();
    const before = find("acme");
    storage.reads[0]?.resolve(configuration({ permissions: [{ policy: "gone" }] }));
    await expect(before).rejects.toThrow("a permission names the unknown policy `gone`");

    void find("acme").catch(() => undefined);

    expect(storage.reads).toHaveLength(2);
  });

  test("of another workspace than the one asked for are refused", async () => {
    const { storage, find } = start();
    const asked = find("ACME");
    storage.reads[0]?.resolve(configuration({ workspaceId: "acme" }));

    await expect(asked).rejects.toThrow("workspace `ACME` was asked for, and `acme` was read");
  });

  test("are not answered from memory once they are closed", async () => {
    const { storage, snapshots, find } = start();
    const before = find("acme");
    answer(storage, 0, 1);
    await before;

    snapshots.close();
    const afterwards = [find("acme"), find("acme")];
    answer(storage, 1, 2);
    answer(storage, 2, 3);

    expect(storage.listenerCount()).toBe(0);
    expect(await Promise.all(afterwards)).toMatchObject([{ revision: 2 }, { revision: 3 }]);
  });

  test("that are read while they are closed are answered and not kept", async () => {
    const { storage, snapshots, find } = start();
    const reading = find("acme");
    snapshots.close();
    answer(storage, 0, 1);
    await reading;

    void find("acme");

    expect(await reading).toMatchObject({ revision: 1 });
    expect(storage.reads).toHaveLength(2);
  });
});

describe("snapshots in bounded memory", () => {
  test("go when there are too many, those first that were not asked for the longest", async () => {
    const { storage, snapshots, find } = start({ workspaces: 2 });
    for (const [index, workspaceId] of ["acme", "globex", "acme", "initech"].entries()) {
      const found = find(workspaceId);
      answer(storage, index === 3 ? 2 : index, 1);
      await found;
    }

    void find("acme");
    void find("globex");

    expect(storage.reads.map(({ workspaceId }) => workspaceId)).toEqual([
      "acme",
      "globex",
      "initech",
      "globex",
    ]);
    expect(snapshots.status().workspaces).toBe(2);
  });

  test("go when they are too large together, and one that is too large alone stays", async () => {
    const { storage, snapshots, find } = start({ bytes: 100 });
    const acme = find("acme");
    answer(storage, 0, 1);
    await acme;
    const kept = await find("acme");
    const globex = find("globex");
    answer(storage, 1, 1);
    await globex;

    expect(kept).toBe(await acme);
    expect(snapshots.status()).toEqual({ workspaces: 1, bytes: 100, millisSinceConfirmed: 0 });
    void find("acme");
    expect(storage.reads).toHaveLength(3);
  });

  test("tell how much memory they take", async () => {
    const { storage, snapshots, find } = start();
    const found = find("acme");
    answer(storage, 0, 1);
    await found;

    expect(snapshots.status()).toMatchObject({ workspaces: 1 });
    expect(snapshots.status().bytes).toBeGreaterThan(1_000);
  });
});

describe("a storage that can not tell what others have written", () => {
  test("leaves snapshots good for 30 seconds, and nothing is decided afterwards", async () => {
    const { storage, snapshots, find } = start();
    const found = find("acme");
    answer(storage, 0, 1);
    await found;

    storage.confirmedMillisAgo(30_000);
    const good = await snapshots.find("acme");
    storage.confirmedMillisAgo(30_001);
    const stale = await snapshots.find("acme");
    const unread = await snapshots.find("globex");
    storage.confirmedMillisAgo(0);

    expect(good).toMatchObject({ ok: true });
    expect(stale).toEqual({
      ok: false,
      error: {
        code: "configuration_stale",
        detail: "it is not certain that the configuration is current, so nothing is decided on it",
        retryAfterSeconds: 1,
      },
    });
    expect(unread).toEqual(stale);
    expect(await snapshots.find("acme")).toEqual(good);
    expect(storage.reads).toHaveLength(1);
  });
});

describe("a check that names a revision", () => {
  test.each([6, 7])("gets the snapshot at hand when that is not older: %d", async (minRevision) => {
    const { storage, find } = await startAt7();

    expect(await find("acme", minRevision)).toMatchObject({ revision: 7 });
    expect(storage.revisions).toEqual([]);
  });

  test("is refused when the workspace never had it", async () => {
    const { storage, snapshots } = await startAt7();
    const found = snapshots.find("acme", 9);
    await settled();
    storage.revisions[0]?.resolve(8);

    expect(await found).toEqual({
      ok: false,
      error: {
        code: "revision_unknown",
        detail: "workspace `acme` has no revision 9 yet",
      },
    });
  });

  test("waits for one that is stored, though nobody has told of it", async () => {
    const { storage, find } = await startAt7();
    const found = find("acme", 8);
    await settled();
    storage.revisions[0]?.resolve(8);
    await settled();
    answer(storage, 1, 8);

    expect(await found).toMatchObject({ revision: 8 });
    expect(await find("acme")).toMatchObject({ revision: 8 });
    expect(storage.reads).toHaveLength(2);
  });

  test("shares one read of the revision and one of the workspace with all who wait", async () => {
    const { storage, find } = await startAt7();
    const waiting = [8, 8, 8].map(async (minRevision) => find("acme", minRevision));
    await settled();
    storage.revisions.forEach(({ resolve }) => resolve(8));
    await settled();
    answer(storage, 1, 8);
    await Promise.all(waiting);

    expect(storage.revisions).toHaveLength(1);
    expect(storage.reads).toHaveLength(2);
  });

  test("does not believe a read that began before it", async () => {
    const { storage, find } = await startAt7();
    const early = find("acme", 8);
    await settled();
    const late = find("acme", 9);
    await settled();
    storage.revisions[0]?.resolve(8);
    await settled();
    storage.revisions[1]?.resolve(9);
    await settled();
    storage.reads.slice(1).forEach((_, index) => answer(storage, index + 1, 9));

    expect(await early).toMatchObject({ revision: 9 });
    expect(await late).toMatchObject({ revision: 9 });
  });

  test.each(["the revision", "the workspace"])("waits a second for %s, no longer", async (what) => {
    const { storage, time, snapshots } = await startAt7();
    const found = snapshots.find("acme", 8);
    await settled();
    if (what === "the workspace") {
      storage.revisions[0]?.resolve(8);
    }
    await time.advance(1_000);

    expect(await found).toEqual({
      ok: false,
      error: {
        code: "revision_not_reached",
        detail: "revision 8 of workspace `acme` is not loaded yet",
        retryAfterSeconds: 1,
      },
    });
  });

  test("is refused when what is loaded is older than what was stored", async () => {
    const { storage, time, snapshots } = await startAt7();
    const found = snapshots.find("acme", 8);
    await settled();
    storage.revisions[0]?.resolve(8);
    await settled();
    answer(storage, 1, 7);

    expect(await found).toMatchObject({ error: { code: "revision_not_reached" } });
    expect(time.scheduled()).toBe(0);
  });

  test("finds no workspace where it was deleted meanwhile", async () => {
    const { storage, snapshots } = await startAt7();
    const found = snapshots.find("acme", 8);
    await settled();
    storage.revisions[0]?.resolve(undefined);
    await settled();
    storage.reads[1]?.resolve(undefined);

    expect(await found).toMatchObject({ error: { code: "workspace_unknown" } });
  });

  test("is not answered when the storage fails", async () => {
    const { storage, snapshots } = await startAt7();
    const outage = new Error("the database is away");
    const found = snapshots.find("acme", 8);
    await settled();
    storage.revisions[0]?.reject(outage);

    await expect(found).rejects.toBe(outage);
  });

  test("reads again what it is told of, at the very revision that it has too", async () => {
    const { storage, find } = await startAt7();
    const found = find("acme", 8);
    await settled();
    storage.revisions[0]?.resolve(8);
    await settled();
    answer(storage, 1, 8);
    await found;

    // A database that took the place of another may mean something else by the number.
    storage.announce("acme", 8);
    const again = find("acme");
    answer(storage, 2, 8);

    expect(await again).toMatchObject({ revision: 8 });
    expect(storage.reads).toHaveLength(3);
  });
});

describe("static snapshots", () => {
  test("are found by workspace", async () => {
    const find = finder(
      createStaticSnapshots([
        configuration({ workspaceId: "acme", revision: 1 }),
        configuration({ workspaceId: "globex", revision: 2 }),
      ]),
    );

    expect(await find("globex")).toMatchObject({ workspaceId: "globex", revision: 2 });
    expect(await find("acme")).toBe(await find("acme"));
    expect(await find("initech")).toBeUndefined();
    expect(await find("constructor")).toBeUndefined();
  });

  test("know no later revision than theirs", async () => {
    const snapshots = createStaticSnapshots([configuration({ revision: 7 })]);

    expect(await snapshots.find("acme", 7)).toMatchObject({ ok: true, value: { revision: 7 } });
    expect(await snapshots.find("acme", 8)).toMatchObject({ error: { code: "revision_unknown" } });
  });

  test("refuse two configurations of one workspace", () => {
    const acme = configuration();

    expect(() => createStaticSnapshots([acme, acme])).toThrow(
      new TypeError("two configurations are of the same workspace"),
    );
  });
});
