import {
  createCallGate,
  createRevisionWatch,
  pageOf,
  recordOf,
  rowsToRead,
  StorageError,
  unknownCursor,
  type RevisionChange,
} from "@byot/storage";
import { describe, expect, test } from "vitest";

function cursorOf(letter: string): string {
  return `after ${letter}`;
}

function translate(error: unknown): Error {
  return error instanceof StorageError ? error : new StorageError("UNAVAILABLE", "translated");
}

describe("pageOf", () => {
  test("answers up to the limit and where the next page starts", () => {
    expect(pageOf(["a", "b", "c"], 2, cursorOf)).toEqual({
      items: ["a", "b"],
      nextCursor: "after b",
    });
  });

  test("has no next page when there was no row beyond the limit", () => {
    expect(pageOf(["a", "b"], 2, cursorOf)).toEqual({ items: ["a", "b"], nextCursor: null });
    expect(pageOf([], 2, cursorOf)).toEqual({ items: [], nextCursor: null });
  });

  test("is fed with one row more than the limit", () => {
    expect(rowsToRead({ limit: 1 })).toBe(2);
    expect(rowsToRead({ limit: 200 })).toBe(201);
  });

  test.each([0, 201, -1, 1.5, Number.NaN])("refuses the limit %s", (limit) => {
    expect(() => rowsToRead({ limit })).toThrow(TypeError);
  });

  test("names a cursor that it does not know", () => {
    expect(unknownCursor("x")).toMatchObject({
      code: "NOT_FOUND",
      message: "no page of this list ends at the cursor `x`",
    });
  });
});

describe("recordOf", () => {
  test("puts what storage knows over what the value claims", () => {
    const stored = {
      workspaceId: "acme",
      version: 2,
      createdAt: new Date(1),
      updatedAt: new Date(2),
    };
    const value = { name: "orders", version: 99, workspaceId: "globex" };
    expect(recordOf({ ...stored, value })).toEqual({ ...stored, name: "orders" });
  });
});

describe("createCallGate", () => {
  test("answers what the work answers", async () => {
    await expect(createCallGate(translate).run(() => 7)).resolves.toBe(7);
    await expect(createCallGate(translate).run(async () => 7)).resolves.toBe(7);
  });

  test("rejects with the translated error, whether the work throws or rejects", async () => {
    const gate = createCallGate(translate);
    const failure = new RangeError("from the database");
    const thrown = gate.run(() => {
      throw failure;
    });
    await expect(thrown).rejects.toMatchObject({ code: "UNAVAILABLE" });
    const rejected = gate.run(() => Promise.reject(failure));
    await expect(rejected).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  test("does no work after its closing", async () => {
    const gate = createCallGate(translate);
    expect(gate.close()).toBe(true);
    expect(gate.close()).toBe(false);
    expect(gate.isClosed()).toBe(true);
    let worked = false;
    const call = gate.run(() => {
      worked = true;
    });
    await expect(call).rejects.toMatchObject({ code: "CLOSED" });
    expect(worked).toBe(false);
    expect(() => gate.checkOpen()).toThrow("the storage was closed");
  });
});

describe("createRevisionWatch", () => {
  test("tells listeners before the one who announces goes on waiting", async () => {
    const watch = createRevisionWatch();
    const heard: RevisionChange[] = [];
    watch.watch((change) => heard.push(change));
    watch.announce({ workspaceId: "acme", revision: 2 });
    expect(heard).toEqual([]);
    await Promise.resolve();
    expect(heard).toEqual([{ workspaceId: "acme", revision: 2 }]);
  });

  test("does not call a listener that was stopped after the announcement", async () => {
    const watch = createRevisionWatch();
    const heard: RevisionChange[] = [];
    const stop = watch.watch((change) => heard.push(change));
    watch.announce({ workspaceId: "acme", revision: 2 });
    stop();
    await Promise.resolve();
    expect(heard).toEqual([]);
  });

  test("gives each listener a change of its own", async () => {
    const watch = createRevisionWatch();
    const heard: RevisionChange[] = [];
    watch.watch((change) => Object.assign(change, { revision: 0 }));
    watch.watch((change) => heard.push(change));
    watch.announce({ workspaceId: "acme", revision: 2 });
    await Promise.resolve();
    expect(heard).toEqual([{ workspaceId: "acme", revision: 2 }]);
  });
});

describe("StorageError", () => {
  test("keeps its code and its cause", () => {
    const cause = new RangeError("disk");
    const error = new StorageError("UNAVAILABLE", "the database cannot be used now", { cause });
    expect(error).toMatchObject({ name: "StorageError", code: "UNAVAILABLE", cause });
    expect(error).toBeInstanceOf(Error);
  });
});
