import { expect } from "vitest";
import { expectRefusedChange } from "../assertions/expect-refusal.js";
import { changeSet, createWorkspace } from "../samples/sample-changes.js";
import { namedByPermissions, sampleKinds } from "../samples/sample-kinds.js";
import { deletion, resourcePut, workspacePut } from "../samples/sample-writes.js";
import { casesOf, type StorageCase } from "../storage-case.js";

/** What a change set can expect of what is stored. */
export const versionCases: readonly StorageCase[] = casesOf("Storage.apply", {
  "`ALREADY_EXISTS` when `expectedVersion` is `null` and the key is taken": async ({ storage }) => {
    await createWorkspace(storage, "acme", namedByPermissions);
    for (const { put } of sampleKinds) {
      const version = await storage.apply(changeSet([put("taken")]));
      await expectRefusedChange(storage, changeSet([put("taken")]), "ALREADY_EXISTS");
      expect(await storage.revision("acme")).toBe(version);
    }
    await expectRefusedChange(storage, changeSet([workspacePut("acme")]), "ALREADY_EXISTS");
  },
  "`VERSION_CONFLICT` when the stored version is not `expectedVersion`": async ({ storage }) => {
    await createWorkspace(storage, "acme", namedByPermissions);
    for (const { kind, put } of sampleKinds) {
      const version = await storage.apply(changeSet([put("orders-1")]));
      for (const expectedVersion of [version - 1, version + 1, 0]) {
        await expectRefusedChange(
          storage,
          changeSet([put("orders-1", expectedVersion, "late")]),
          "VERSION_CONFLICT",
        );
        await expectRefusedChange(
          storage,
          changeSet([deletion(kind, "orders-1", expectedVersion)]),
          "VERSION_CONFLICT",
        );
      }
    }
  },
  "`VERSION_CONFLICT` when a workspace is replaced or deleted at another version": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme");
    await expectRefusedChange(
      storage,
      changeSet([workspacePut("acme", 2, "late")]),
      "VERSION_CONFLICT",
    );
    await expectRefusedChange(
      storage,
      changeSet([deletion("workspace", "acme", 2)]),
      "VERSION_CONFLICT",
    );
  },
  "`VERSION_CONFLICT` when the revision is not `expectedRevision`": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    await storage.apply(changeSet([resourcePut("orders")]));
    for (const expectedRevision of [0, 1, 3]) {
      await expectRefusedChange(
        storage,
        changeSet([resourcePut("invoices")], { expectedRevision }),
        "VERSION_CONFLICT",
      );
    }
    expect(await storage.apply(changeSet([resourcePut("invoices")], { expectedRevision: 2 }))).toBe(
      3,
    );
  },
  "`NOT_FOUND` when the workspace does not exist": async ({ storage }) => {
    await createWorkspace(storage, "globex");
    for (const { kind, put } of sampleKinds) {
      await expectRefusedChange(storage, changeSet([put("orders-1")]), "NOT_FOUND");
      await expectRefusedChange(storage, changeSet([deletion(kind, "orders-1", 1)]), "NOT_FOUND");
    }
    expect(await storage.workspaces.find("acme")).toBeUndefined();
  },
  "`NOT_FOUND` when the thing to replace or delete does not exist": async ({ storage }) => {
    await createWorkspace(storage, "acme", namedByPermissions);
    await createWorkspace(storage, "globex", namedByPermissions);
    for (const { kind, put } of sampleKinds) {
      const elsewhere = changeSet([put("orders-1")], { workspaceId: "globex" });
      const version = await storage.apply(elsewhere);
      await expectRefusedChange(storage, changeSet([put("orders-1", version)]), "NOT_FOUND");
      await expectRefusedChange(
        storage,
        changeSet([deletion(kind, "orders-1", version)]),
        "NOT_FOUND",
      );
    }
    const replacement = changeSet([workspacePut("initech", 1)], { workspaceId: "initech" });
    await expectRefusedChange(storage, replacement, "NOT_FOUND");
  },
});
