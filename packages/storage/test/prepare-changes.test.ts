import {
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

const acme = { kind: "workspace", key: "acme", version: 1, createdAt: before } as const;
const orders = { kind: "resource", key: "orders", version: 4, createdAt: before } as const;
const premium = { kind: "policy", key: "premium", version: 3, createdAt: before } as const;

function stored(more: Partial<StoredState> = {}): StoredState {
  return { lastRevision: 7, things: [acme], references: [], ...more };
}

function changes(...writes: readonly ConfigurationWrite[]): ChangeSet {
  return { workspaceId: "acme", at, writes };
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
      ],
    });
  });

  test("is an updated row that keeps its time of creation", () => {
    const plan = prepareChanges(changes(putResource("orders", 4))).plan(
      stored({ things: [acme, orders] }),
    );
    expect(plan.writes).toMatchObject([
      { operation: "update", row: { version: 8, createdAt: before, updatedAt: at } },
    ]);
  });

  test("is every version of a policy twice: active, and in its history", () => {
    const { writes } = prepareChanges(changes(putPolicy("premium", 3))).plan(
      stored({ things: [acme, premium] }),
    );
    expect(writes.map(({ operation }) => operation)).toEqual(["update", "keepVersion"]);
  });

  test("follows the order of the change set", () => {
    const { writes } = prepareChanges(
      changes(putResource("b"), deletion("permission", "p1"), putResource("a")),
    ).plan(stored({ things: [acme, { ...acme, kind: "permission", key: "p1" }] }));
    expect(writes.map(({ operation }) => operation)).toEqual(["insert", "delete", "insert"]);
  });

  test("is one clearing when the workspace is deleted", () => {
    const plan = prepareChanges(changes(deletion("workspace", "acme"))).plan(stored());
    expect(plan).toEqual({ workspaceId: "acme", revision: 8, writes: [{ operation: "clear" }] });
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
