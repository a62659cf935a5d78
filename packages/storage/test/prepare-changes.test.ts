import {
  defaultWorkspaceSettings,
  prepareChanges,
  StorageError,
  type ChangeSet,
  type ConfigurationWrite,
  type ConfiguredKind,
  type StoredState,
} from "@byot/storage";
import { describe, expect, test } from "vitest";

const at = new Date("2026-03-02T09:00:00.001Z");
const before = new Date("2026-01-01T00:00:00.000Z");

const by = { kind: "api_key", id: "byot_root" } as const;

const acme = {
  kind: "workspace",
  key: "acme",
  version: 1,
  createdAt: before,
  value: { id: "acme", name: "Acme Inc.", settings: defaultWorkspaceSettings },
} as const;
const orders = {
  kind: "resource",
  key: "orders",
  version: 4,
  createdAt: before,
  value: { name: "orders", category: "commerce", actions: ["read", "write"] },
} as const;
const premium = {
  kind: "policy",
  key: "premium",
  version: 3,
  createdAt: before,
  value: { document: { name: "premium", specification: { rules: [] } } },
} as const;

function stored(more: Partial<StoredState> = {}): StoredState {
  return { lastRevision: 7, things: [acme], references: [], ...more };
}

function changes(...writes: readonly ConfigurationWrite[]): ChangeSet {
  return { workspaceId: "acme", at, by, writes };
}

function putResource(name: string, expectedVersion: number | null = null): ConfigurationWrite {
  const value = { name, category: "commerce", actions: ["read"] };
  return { operation: "put", kind: "resource", value, expectedVersion };
}

function putPolicy(name: string, expectedVersion: number | null = null): ConfigurationWrite {
  const value = { document: { name, specification: { rules: [] } } };
  return { operation: "put", kind: "policy", value, expectedVersion };
}

function putPermission(id: string, resource = "orders"): ConfigurationWrite {
  const value = { id, resource, actions: ["read"], policy: "premium", priority: 1 };
  return { operation: "put", kind: "permission", value, expectedVersion: null };
}

function deletion(kind: ConfiguredKind, key: string, expectedVersion = 1): ConfigurationWrite {
  return { operation: "delete", kind, key, expectedVersion };
}

describe("what an adapter has to read", () => {
  test("is the workspace and everything that is written, each once", () => {
    const prepared = prepareChanges(changes(putResource("orders"), putPolicy("orders")));
    expect(prepared.things).toEqual([
      { kind: "workspace", key: "acme" },
      { kind: "resource", key: "orders" },
      { kind: "policy", key: "orders" },
    ]);
    expect(prepared.nameable).toEqual([]);
  });

  test("is what a permission would name, unless it names every resource", () => {
    const prepared = prepareChanges(changes(putPermission("p1"), putPermission("p2", "*")));
    expect(prepared.things).toEqual([
      { kind: "workspace", key: "acme" },
      { kind: "permission", key: "p1" },
      { kind: "policy", key: "premium" },
      { kind: "resource", key: "orders" },
      { kind: "permission", key: "p2" },
    ]);
  });

  test("is who names a policy or a resource that is deleted", () => {
    const prepared = prepareChanges(
      changes(
        deletion("policy", "premium"),
        deletion("resource", "orders"),
        deletion("provider", "clerk"),
        deletion("permission", "p1"),
      ),
    );
    expect(prepared.nameable).toEqual([
      { kind: "policy", key: "premium" },
      { kind: "resource", key: "orders" },
    ]);
  });
});

describe("what an adapter has to write", () => {
  test("is a new row with the next revision as its version", () => {
    const plan = prepareChanges(changes(putResource("orders"))).plan(stored());
    expect(plan).toEqual({
      workspaceId: "acme",
      revision: 8,
      writes: [
        {
          operation: "insert",
          row: {
            workspaceId: "acme",
            kind: "resource",
            key: "orders",
            version: 8,
            createdAt: at,
            updatedAt: at,
            value: { name: "orders", category: "commerce", actions: ["read"] },
          },
        },
        {
          operation: "log",
          change: {
            workspaceId: "acme",
            revision: 8,
            at,
            by,
            kind: "resource",
            key: "orders",
            operation: "create",
            after: { name: "orders", category: "commerce", actions: ["read"] },
          },
        },
      ],
    });
  });

  test("is an updated row that keeps its time of creation", () => {
    const plan = prepareChanges(changes(putResource("orders", 4))).plan(
      stored({ things: [acme, orders] }),
    );
    expect(plan.writes).toMatchObject([
      { operation: "update", row: { version: 8, createdAt: before, updatedAt: at } },
      { operation: "log" },
    ]);
  });

  test("is every version of a policy twice: active, and in its history", () => {
    const { writes } = prepareChanges(changes(putPolicy("premium", 3))).plan(
      stored({ things: [acme, premium] }),
    );
    expect(writes.map(({ operation }) => operation)).toEqual(["update", "keepVersion", "log"]);
  });

  test("follows the order of the change set", () => {
    const { writes } = prepareChanges(
      changes(putResource("b"), deletion("permission", "p1"), putResource("a")),
    ).plan(stored({ things: [acme, { ...orders, kind: "permission", key: "p1", version: 1 }] }));
    expect(writes.map(({ operation }) => operation)).toEqual([
      "insert",
      "log",
      "delete",
      "log",
      "insert",
      "log",
    ]);
  });

  test("is one clearing when the workspace is deleted", () => {
    const plan = prepareChanges(changes(deletion("workspace", "acme"))).plan(stored());
    expect(plan).toMatchObject({
      workspaceId: "acme",
      revision: 8,
      writes: [{ operation: "clear" }, { operation: "log" }],
    });
  });
});

function recorded(changeSet: ChangeSet, ...things: StoredState["things"]): readonly unknown[] {
  const { writes } = prepareChanges(changeSet).plan(stored({ things: [acme, ...things] }));
  return writes.flatMap((write) => (write.operation === "log" ? [write.change] : []));
}

describe("what an adapter has to record", () => {
  const common = { workspaceId: "acme", revision: 8, at, by };

  test("is what was there before and what is there now", () => {
    expect(recorded(changes(putResource("orders", 4)), orders)).toEqual([
      {
        ...common,
        kind: "resource",
        key: "orders",
        operation: "replace",
        before: { name: "orders", category: "commerce", actions: ["read", "write"] },
        after: { name: "orders", category: "commerce", actions: ["read"] },
      },
    ]);
  });

  test("is only what was there before a deletion", () => {
    expect(recorded(changes(deletion("resource", "orders", 4)), orders)).toEqual([
      {
        ...common,
        kind: "resource",
        key: "orders",
        operation: "delete",
        before: { name: "orders", category: "commerce", actions: ["read", "write"] },
      },
    ]);
  });

  test("is one deletion for a workspace with all that is in it", () => {
    expect(recorded(changes(deletion("workspace", "acme")))).toEqual([
      {
        ...common,
        kind: "workspace",
        key: "acme",
        operation: "delete",
        before: { id: "acme", name: "Acme Inc.", settings: defaultWorkspaceSettings },
      },
    ]);
  });

  test("is the request, where there was one", () => {
    const changeSet = { ...changes(putResource("a"), putResource("b")), requestId: "request-1" };
    expect(recorded(changeSet)).toMatchObject([
      { key: "a", requestId: "request-1" },
      { key: "b", requestId: "request-1" },
    ]);
    expect(recorded(changes(putResource("a")))[0]).not.toHaveProperty("requestId");
  });
});

describe("a change set that nothing stored can make right", () => {
  const write = putResource("orders");

  test.each<[string, ChangeSet]>([
    ["without a write", changes()],
    ["at no time", { ...changes(write), at: new Date(Number.NaN) }],
    ["of nobody", { ...changes(write), by: { kind: "api_key", id: "" } }],
    ["that writes a thing twice", changes(write, deletion("resource", "orders"))],
    ["that writes another workspace", changes(deletion("workspace", "globex"))],
    ["that goes on after its workspace", changes(deletion("workspace", "acme"), write)],
  ])("%s is a mistake of the caller", (_title, changeSet) => {
    expect(() => prepareChanges(changeSet)).toThrow(TypeError);
  });
});

function refusalOf(plan: () => unknown): unknown {
  try {
    return plan();
  } catch (error) {
    return error;
  }
}

describe("a refusal", () => {
  test.each<[string, string, ChangeSet, Partial<StoredState>]>([
    ["an unknown workspace", "NOT_FOUND", changes(putResource("orders")), { things: [] }],
    [
      "another revision than the expected one",
      "VERSION_CONFLICT",
      { ...changes(putResource("orders")), expectedRevision: 6 },
      {},
    ],
    ["a taken key", "ALREADY_EXISTS", changes(putResource("orders")), { things: [acme, orders] }],
    ["an absent thing", "NOT_FOUND", changes(putResource("orders", 4)), {}],
    [
      "another version than the expected one",
      "VERSION_CONFLICT",
      changes(putResource("orders", 3)),
      { things: [acme, orders] },
    ],
    [
      "a permission on nothing",
      "NOT_FOUND",
      changes(putPermission("p1")),
      { things: [acme, premium] },
    ],
    [
      "a deletion that leaves a permission behind",
      "REFERENCED",
      changes(deletion("policy", "premium", 3)),
      {
        things: [acme, premium],
        references: [{ kind: "policy", key: "premium", permissionId: "p1" }],
      },
    ],
  ])("of %s has the code %s, and a message on one line that names the thing", (...row) => {
    const [, code, changeSet, state] = row;
    const error = refusalOf(() => prepareChanges(changeSet).plan(stored(state)));
    expect(error).toBeInstanceOf(StorageError);
    expect(error).toMatchObject({ code });
    expect(String(error)).toMatch(/^StorageError: [a-z][^\n]*`[a-z0-9]+`[^.]*$/);
  });
});
