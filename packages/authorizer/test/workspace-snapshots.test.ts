import { createStaticSnapshots, createWorkspaceSnapshots } from "@byot/authorizer";
import { describe, expect, test } from "vitest";
import { configuration } from "./support/configuration.js";
import { type FakeStorage, fakeStorage } from "./support/fake-storage.js";

function start() {
  const storage = fakeStorage();
  return { storage, snapshots: createWorkspaceSnapshots(storage) };
}

/** Answers the read of that number with the workspace at a revision. */
function answer(storage: FakeStorage, read: number, revision: number): void {
  const pending = storage.reads[read];
  pending?.resolve(configuration({ workspaceId: pending.workspaceId, revision }));
}

describe("snapshots that follow a storage", () => {
  test("are read when they are first asked for, and not before", () => {
    const { storage, snapshots } = start();

    expect(storage.reads).toEqual([]);
    void snapshots.find("acme");
    expect(storage.reads).toMatchObject([{ workspaceId: "acme" }]);
  });

  test("are compiled once and then answered from memory", async () => {
    const { storage, snapshots } = start();
    const first = snapshots.find("acme");
    answer(storage, 0, 1);

    const compiled = await first;

    expect(compiled).toMatchObject({ workspaceId: "acme", revision: 1 });
    expect(await snapshots.find("acme")).toBe(compiled);
    expect(storage.reads).toHaveLength(1);
  });

  test("are read once for all who wait", async () => {
    const { storage, snapshots } = start();
    const waiting = [1, 2, 3].map(() => snapshots.find("acme"));
    answer(storage, 0, 1);

    const found = await Promise.all(waiting);

    expect(new Set(found).size).toBe(1);
    expect(storage.reads).toHaveLength(1);
  });

  test("are kept apart by workspace", async () => {
    const { storage, snapshots } = start();
    const both = Promise.all([snapshots.find("acme"), snapshots.find("globex")]);
    answer(storage, 1, 20);
    answer(storage, 0, 10);

    expect(await both).toMatchObject([
      { workspaceId: "acme", revision: 10 },
      { workspaceId: "globex", revision: 20 },
    ]);
  });

  test("are dropped when the storage tells of a new revision", async () => {
    const { storage, snapshots } = start();
    const before = snapshots.find("acme");
    answer(storage, 0, 1);
    await before;

    storage.announce("acme", 2);
    const after = snapshots.find("acme");
    answer(storage, 1, 2);

    expect(await after).toMatchObject({ revision: 2 });
  });

  test("stay when another workspace changes", async () => {
    const { storage, snapshots } = start();
    const before = snapshots.find("acme");
    answer(storage, 0, 1);
    await before;

    storage.announce("globex", 2);

    expect(await snapshots.find("acme")).toMatchObject({ revision: 1 });
    expect(storage.reads).toHaveLength(1);
  });

  test("do not hide a change that is made while they are read", async () => {
    const { storage, snapshots } = start();
    const early = snapshots.find("acme");
    storage.announce("acme", 2);
    const late = snapshots.find("acme");
    // The read that began before the change comes back last: it must not push the newer one out.
    answer(storage, 1, 2);
    await late;
    answer(storage, 0, 1);
    await early;

    expect(await late).toMatchObject({ revision: 2 });
    expect(await early).toMatchObject({ revision: 1 });
    expect(await snapshots.find("acme")).toMatchObject({ revision: 2 });
    expect(storage.reads).toHaveLength(2);
  });

  test("of an unknown workspace are not kept: it may be created", async () => {
    const { storage, snapshots } = start();
    const before = snapshots.find("acme");
    storage.reads[0]?.resolve(undefined);
    expect(await before).toBeUndefined();

    const after = snapshots.find("acme");
    answer(storage, 1, 1);

    expect(await after).toMatchObject({ revision: 1 });
  });

  test("that could not be read are not kept: the failure may pass", async () => {
    const { storage, snapshots } = start();
    const outage = new Error("the database is away");
    const before = snapshots.find("acme");
    storage.reads[0]?.reject(outage);
    await expect(before).rejects.toBe(outage);

    const after = snapshots.find("acme");
    answer(storage, 1, 1);

    expect(await after).toMatchObject({ revision: 1 });
  });

  test("that failed late do not push out what was read after them", async () => {
    const { storage, snapshots } = start();
    const early = snapshots.find("acme");
    storage.announce("acme", 2);
    const late = snapshots.find("acme");
    answer(storage, 1, 2);
    await late;
    storage.reads[0]?.reject(new Error("the database is away"));
    await expect(early).rejects.toThrow("the database is away");

    await snapshots.find("acme");

    expect(storage.reads).toHaveLength(2);
  });

  test("that can not be compiled are an error for everyone, and not kept", async () => {
    const { storage, snapshots } = start();
    const before = snapshots.find("acme");
    storage.reads[0]?.resolve(configuration({ permissions: [{ policy: "gone" }] }));
    await expect(before).rejects.toThrow("a permission names the unknown policy `gone`");

    void snapshots.find("acme").catch(() => undefined);

    expect(storage.reads).toHaveLength(2);
  });

  test("of another workspace than the one asked for are refused", async () => {
    const { storage, snapshots } = start();
    const asked = snapshots.find("ACME");
    storage.reads[0]?.resolve(configuration({ workspaceId: "acme" }));

    await expect(asked).rejects.toThrow("workspace `ACME` was asked for, and `acme` was read");
  });

  test("are not answered from memory once they are closed", async () => {
    const { storage, snapshots } = start();
    const before = snapshots.find("acme");
    answer(storage, 0, 1);
    await before;

    snapshots.close();
    const afterwards = [snapshots.find("acme"), snapshots.find("acme")];
    answer(storage, 1, 2);
    answer(storage, 2, 3);

    expect(storage.listenerCount()).toBe(0);
    expect(await Promise.all(afterwards)).toMatchObject([{ revision: 2 }, { revision: 3 }]);
  });

  test("that are read while they are closed are answered and not kept", async () => {
    const { storage, snapshots } = start();
    const reading = snapshots.find("acme");
    snapshots.close();
    answer(storage, 0, 1);
    await reading;

    void snapshots.find("acme");

    expect(await reading).toMatchObject({ revision: 1 });
    expect(storage.reads).toHaveLength(2);
  });
});

describe("static snapshots", () => {
  test("are found by workspace", async () => {
    const snapshots = createStaticSnapshots([
      configuration({ workspaceId: "acme", revision: 1 }),
      configuration({ workspaceId: "globex", revision: 2 }),
    ]);

    expect(await snapshots.find("globex")).toMatchObject({ workspaceId: "globex", revision: 2 });
    expect(await snapshots.find("acme")).toBe(await snapshots.find("acme"));
    expect(await snapshots.find("initech")).toBeUndefined();
    expect(await snapshots.find("constructor")).toBeUndefined();
  });

  test("refuse two configurations of one workspace", () => {
    const acme = configuration();

    expect(() => createStaticSnapshots([acme, acme])).toThrow(
      new TypeError("two configurations are of the same workspace"),
    );
  });
});
