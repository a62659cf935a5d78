import {
  createStaticSnapshots,
  createWorkspaceSnapshots,
  type SnapshotLimits,
  type WorkspaceSnapshots,
} from "@byot/authorizer";
import { describe, expect, test } from "vitest";
import { configuration } from "./support/configuration.js";
import { type FakeStorage, fakeStorage } from "./support/fake-storage.js";
import { manualTime } from "./support/manual-time.js";

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

  test("refuse two configurations of one workspace", () => {
    const acme = configuration();

    expect(() => createStaticSnapshots([acme, acme])).toThrow(
      new TypeError("two configurations are of the same workspace"),
    );
  });
});
