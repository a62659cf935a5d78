import { expect } from "vitest";
import { expectRefusedChange } from "../assertions/expect-refusal.js";
import { changeSet, createWorkspace, deleteWorkspace } from "../samples/sample-changes.js";
import { namedByPermissions } from "../samples/sample-kinds.js";
import { permissionPut, providerPut, resourcePut, workspacePut } from "../samples/sample-writes.js";
import { casesOf, type StorageCase } from "../storage-case.js";

/** What the deletion of a workspace means. */
export const workspaceDeletionCases: readonly StorageCase[] = casesOf("Storage.apply", {
  "deleting a workspace deletes everything in it, and nothing of another one": async ({
    storage,
  }) => {
    const writes = [...namedByPermissions, permissionPut("p1"), providerPut("clerk")];
    await createWorkspace(storage, "acme", writes);
    await createWorkspace(storage, "globex", writes);
    const globex = await storage.readConfiguration("globex");

    expect(await deleteWorkspace(storage, "acme")).toBe(2);

    expect(await storage.workspaces.find("acme")).toBeUndefined();
    expect(await storage.revision("acme")).toBeUndefined();
    expect(await storage.readConfiguration("acme")).toBeUndefined();
    expect(await storage.providers.find("acme", "clerk")).toBeUndefined();
    expect(await storage.policies.find("acme", "premium")).toBeUndefined();
    expect(await storage.resources.find("acme", "orders")).toBeUndefined();
    expect(await storage.permissions.find("acme", "p1")).toBeUndefined();
    expect(await storage.readConfiguration("globex")).toStrictEqual(globex);
  },
  "nothing can be written to a deleted workspace": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    await deleteWorkspace(storage, "acme");
    await expectRefusedChange(storage, changeSet([resourcePut("orders")]), "NOT_FOUND");
    await expectRefusedChange(storage, changeSet([workspacePut("acme", 1)]), "NOT_FOUND");
  },
  "the revision of a workspace made again goes on, and no version comes back": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme", [resourcePut("orders")]);
    await storage.apply(changeSet([resourcePut("invoices")]));
    const deletedAt = await deleteWorkspace(storage, "acme");

    const madeAgainAt = await createWorkspace(storage, "acme", [resourcePut("orders")]);

    expect(madeAgainAt).toBe(deletedAt + 1);
    expect(await storage.readConfiguration("acme")).toMatchObject({
      revision: madeAgainAt,
      workspace: { version: madeAgainAt },
      resources: [{ name: "orders", version: madeAgainAt }],
      policies: [],
      providers: [],
      permissions: [],
    });
    await expectRefusedChange(storage, changeSet([resourcePut("orders", 1)]), "VERSION_CONFLICT");
  },
});
