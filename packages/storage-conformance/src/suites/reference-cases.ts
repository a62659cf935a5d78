import { expect } from "vitest";
import { expectRefusedChange } from "../assertions/expect-refusal.js";
import { changeSet, createWorkspace } from "../samples/sample-changes.js";
import { namedByPermissions } from "../samples/sample-kinds.js";
import { deletion, permissionPut, policyPut, resourcePut } from "../samples/sample-writes.js";
import { casesOf, type CaseTable, type StorageCase } from "../storage-case.js";

const namingCases: CaseTable = {
  "a permission may name a policy and a resource of the same set, in any order": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme");
    const writes = [permissionPut("p1"), ...namedByPermissions];
    expect(await storage.apply(changeSet(writes))).toBe(2);
    expect(await storage.permissions.find("acme", "p1")).toMatchObject({ policy: "premium" });
  },
  "`NOT_FOUND` when a permission would name a policy or a resource that does not exist": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme", [...namedByPermissions, permissionPut("p1")]);
    for (const names of [
      { policy: "absent" },
      { policy: "Premium" },
      { policy: "__proto__" },
      { policy: "*" },
      { resource: "absent" },
      { resource: "orders " },
      { resource: "constructor" },
    ]) {
      await expectRefusedChange(storage, changeSet([permissionPut("p2", names)]), "NOT_FOUND");
      await expectRefusedChange(storage, changeSet([permissionPut("p1", names, 1)]), "NOT_FOUND");
    }
  },
  "`NOT_FOUND` when a permission would name what only another workspace has": async ({
    storage,
  }) => {
    await createWorkspace(storage, "globex", namedByPermissions);
    await createWorkspace(storage, "acme", [policyPut("premium")]);
    await expectRefusedChange(storage, changeSet([permissionPut("p1")]), "NOT_FOUND");
    await storage.apply(changeSet([resourcePut("orders")]));
    await storage.apply(changeSet([deletion("policy", "premium", 1)]));
    await expectRefusedChange(storage, changeSet([permissionPut("p1")]), "NOT_FOUND");
  },
  "`NOT_FOUND` when a permission of the set would name what the set deletes": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme", namedByPermissions);
    for (const gone of [deletion("policy", "premium", 1), deletion("resource", "orders", 1)]) {
      await expectRefusedChange(storage, changeSet([gone, permissionPut("p1")]), "NOT_FOUND");
      await expectRefusedChange(storage, changeSet([permissionPut("p1"), gone]), "NOT_FOUND");
    }
  },
  "a permission on `*` needs no resource, and keeps none from being deleted": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme", [
      ...namedByPermissions,
      permissionPut("p1", { resource: "*" }),
    ]);
    expect(await storage.apply(changeSet([deletion("resource", "orders", 1)]))).toBe(2);
    expect(await storage.apply(changeSet([permissionPut("p2", { resource: "*" })]))).toBe(3);
  },
};

const deletionCases: CaseTable = {
  "`REFERENCED` when a permission still names a deleted policy or resource": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme", [...namedByPermissions, permissionPut("p1")]);
    for (const gone of [deletion("policy", "premium", 1), deletion("resource", "orders", 1)]) {
      await expectRefusedChange(storage, changeSet([gone]), "REFERENCED");
    }
  },
  "a permission can be deleted together with what it names, in any order": async ({ storage }) => {
    const writes = [
      deletion("permission", "p1", 1),
      deletion("policy", "premium", 1),
      deletion("resource", "orders", 1),
    ];
    for (const [workspaceId, ordered] of [
      ["acme", writes],
      ["globex", writes.toReversed()],
    ] as const) {
      await createWorkspace(storage, workspaceId, [...namedByPermissions, permissionPut("p1")]);
      expect(await storage.apply(changeSet(ordered, { workspaceId }))).toBe(2);
      expect(await storage.readConfiguration(workspaceId)).toMatchObject({
        policies: [],
        resources: [],
        permissions: [],
      });
    }
  },
  "a permission can be pointed elsewhere while what it named is deleted": async ({ storage }) => {
    await createWorkspace(storage, "acme", [...namedByPermissions, permissionPut("p1")]);
    const elsewhere = { policy: "everyone", resource: "invoices" };
    const writes = [
      deletion("policy", "premium", 1),
      deletion("resource", "orders", 1),
      permissionPut("p1", elsewhere, 1),
      policyPut("everyone"),
      resourcePut("invoices"),
    ];
    expect(await storage.apply(changeSet(writes))).toBe(2);
    expect(await storage.permissions.find("acme", "p1")).toMatchObject(elsewhere);
  },
  "one permission that was left alone is enough for `REFERENCED`": async ({ storage }) => {
    await createWorkspace(storage, "acme", [
      ...namedByPermissions,
      permissionPut("p1"),
      permissionPut("p2"),
    ]);
    await expectRefusedChange(
      storage,
      changeSet([deletion("permission", "p1", 1), deletion("policy", "premium", 1)]),
      "REFERENCED",
    );
  },
  "a permission keeps nothing of the same name from being deleted elsewhere": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme", [
      ...namedByPermissions,
      policyPut("orders"),
      resourcePut("premium"),
      permissionPut("p1"),
    ]);
    await createWorkspace(storage, "globex", namedByPermissions);
    const elsewhere = [deletion("policy", "premium", 1), deletion("resource", "orders", 1)];
    const otherKinds = [deletion("policy", "orders", 1), deletion("resource", "premium", 1)];
    expect(await storage.apply(changeSet(elsewhere, { workspaceId: "globex" }))).toBe(2);
    expect(await storage.apply(changeSet(otherKinds))).toBe(2);
  },
  "what a permission names can be replaced": async ({ storage }) => {
    await createWorkspace(storage, "acme", [...namedByPermissions, permissionPut("p1")]);
    const writes = [policyPut("premium", 1, "changed"), resourcePut("orders", 1, "changed")];
    expect(await storage.apply(changeSet(writes))).toBe(2);
    expect(await storage.permissions.find("acme", "p1")).toMatchObject({ version: 1 });
  },
};

/** What holds between permissions and what they name. */
export const referenceCases: readonly StorageCase[] = casesOf("Storage.apply", {
  ...namingCases,
  ...deletionCases,
});
