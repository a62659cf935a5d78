import { expect } from "vitest";
import { changeSet, createWorkspace, noon } from "../samples/sample-changes.js";
import { providerInput } from "../samples/sample-inputs.js";
import { numbers } from "../samples/sample-log-records.js";
import { policyPut, providerPut, resourcePut } from "../samples/sample-writes.js";
import { casesOf, type StorageCase } from "../storage-case.js";

/** What a revision is, and what a version has to do with it. */
export const revisionCases: readonly StorageCase[] = casesOf("Storage.revision", {
  "the revision of a new workspace is 1": async ({ storage }) => {
    expect(await createWorkspace(storage, "acme")).toBe(1);
    expect(await storage.revision("acme")).toBe(1);
  },
  "the revision of a workspace that does not exist is `undefined`": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    for (const id of ["globex", "Acme", "", "__proto__", "constructor"]) {
      expect(await storage.revision(id)).toBeUndefined();
    }
  },
  "a change set raises the revision by one, however many writes it has": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    const writes = numbers(1, 5).map((n) => resourcePut(`orders-${n}`));
    expect(await storage.apply(changeSet(writes))).toBe(2);
    expect(await storage.revision("acme")).toBe(2);
    expect(await storage.apply(changeSet([resourcePut("invoices")]))).toBe(3);
    expect(await storage.revision("acme")).toBe(3);
  },
  "every thing written gets the new revision as its version, and nothing else does": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme", [resourcePut("orders"), policyPut("premium")]);
    await storage.apply(changeSet([resourcePut("orders", 1), providerPut("clerk")]));
    expect(await storage.readConfiguration("acme")).toMatchObject({
      revision: 2,
      workspace: { version: 1 },
      policies: [{ version: 1 }],
      resources: [{ version: 2 }],
      providers: [{ version: 2 }],
    });
  },
  "a change in one workspace leaves the revision of another one alone": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    await createWorkspace(storage, "globex");
    await storage.apply(changeSet([resourcePut("orders")]));
    expect(await storage.revision("globex")).toBe(1);
  },
  "a record handed back as a value is written without what storage had added": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme", [providerPut("clerk")]);
    const record = await storage.providers.find("acme", "clerk");
    const value = { ...providerInput("clerk"), ...record, version: 99, workspaceId: "globex" };
    await storage.apply(
      changeSet([{ operation: "put", kind: "provider", value, expectedVersion: 1 }], { at: noon }),
    );
    expect(await storage.providers.find("acme", "clerk")).toStrictEqual({
      ...record,
      version: 2,
      updatedAt: noon,
    });
  },
});
