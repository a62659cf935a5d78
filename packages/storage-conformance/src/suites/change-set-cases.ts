import type { ConfigurationWrite } from "@byot/storage";
import { expect } from "vitest";
import { expectRefusedChange, expectTypeError } from "../assertions/expect-refusal.js";
import { changeSet, createWorkspace } from "../samples/sample-changes.js";
import { numbers } from "../samples/sample-log-records.js";
import {
  deletion,
  policyPut,
  providerPut,
  resourcePut,
  workspacePut,
} from "../samples/sample-writes.js";
import { casesOf, type StorageCase } from "../storage-case.js";

/** What holds for a change set as a whole. */
export const changeSetCases: readonly StorageCase[] = casesOf("Storage.apply", {
  "all writes of a change set are made, or none, wherever the refused one stands": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme", [resourcePut("orders"), policyPut("premium")]);
    const good: readonly ConfigurationWrite[] = [
      resourcePut("invoices"),
      policyPut("premium", 1),
      providerPut("clerk"),
      deletion("resource", "orders", 1),
    ];
    for (const index of numbers(0, good.length)) {
      const writes = good.toSpliced(index, 0, policyPut("absent", 7));
      await expectRefusedChange(storage, changeSet(writes), "NOT_FOUND");
      expect(await storage.policies.listVersions("acme", "premium", { limit: 9 })).toMatchObject({
        items: [{ version: 1 }],
      });
    }
    expect(await storage.apply(changeSet(good))).toBe(2);
  },
  "a change set without writes, or with two for one thing, is a `TypeError`": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme");
    const gone = deletion("resource", "orders", 1);
    await expectTypeError(storage.apply(changeSet([])));
    await expectTypeError(storage.apply(changeSet([resourcePut("orders"), resourcePut("orders")])));
    await expectTypeError(storage.apply(changeSet([resourcePut("orders"), gone])));
    expect(await storage.revision("acme")).toBe(1);
  },
  "two kinds of things can have the same key in one change set": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    const writes = [resourcePut("orders"), policyPut("orders"), providerPut("orders")];
    expect(await storage.apply(changeSet(writes))).toBe(2);
  },
  "a `put` of another workspace than the change set's is a `TypeError`": async ({ storage }) => {
    await expectTypeError(storage.apply(changeSet([workspacePut("globex")])));
    expect(await storage.workspaces.find("globex")).toBeUndefined();
  },
  "deleting the workspace together with other writes is a `TypeError`": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    const gone = deletion("workspace", "acme", 1);
    await expectTypeError(storage.apply(changeSet([resourcePut("orders"), gone])));
    expect(await storage.revision("acme")).toBe(1);
  },
  "a time that is no valid date is a `TypeError`": async ({ storage }) => {
    const at = new Date(Number.NaN);
    await expectTypeError(storage.apply(changeSet([workspacePut("acme")], { at })));
    expect(await storage.workspaces.find("acme")).toBeUndefined();
  },
});
