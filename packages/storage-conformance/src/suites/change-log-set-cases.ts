import type { ChangeSet, Storage } from "@byot/storage";
import { expect } from "vitest";
import { expectStorageError, expectTypeError } from "../assertions/expect-refusal.js";
import { overwrite } from "../assertions/overwrite.js";
import { changeSet, createWorkspace, morning, noon } from "../samples/sample-changes.js";
import { namedByPermissions } from "../samples/sample-kinds.js";
import { numbers } from "../samples/sample-log-records.js";
import {
  deletion,
  permissionPut,
  policyPut,
  providerPut,
  resourcePut,
} from "../samples/sample-writes.js";
import type { CaseTable } from "../storage-case.js";

/** What `ChangeLog` promises of change sets. */
export const changeLogSetCases: CaseTable = {
  "the changes of one set share its revision and time, in the reverse order of its writes": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme", [resourcePut("zebra")]);
    const writes = [
      resourcePut("orders"),
      policyPut("premium"),
      deletion("resource", "zebra", 1),
      permissionPut("p1"),
      providerPut("auth0"),
    ];
    const revision = await storage.apply(changeSet(writes, { at: noon }));
    const { items } = await storage.changeLog.list("acme", { limit: writes.length });
    expect(items.map(({ key }) => key)).toStrictEqual([
      "auth0",
      "p1",
      "zebra",
      "premium",
      "orders",
    ]);
    for (const item of items) {
      expect(item).toMatchObject({ revision, at: noon });
    }
  },
  "the last change comes first, also of those of one millisecond": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    for (const n of numbers(2, 20)) {
      await storage.apply(changeSet([resourcePut(`orders-${n}`)], { at: morning }));
    }
    expect(await revisionsOf(storage)).toStrictEqual(numbers(1, 20).toReversed());
  },
  "nothing is recorded for a change set that is refused": async ({ storage }) => {
    await createWorkspace(storage, "acme", [...namedByPermissions, permissionPut("p1")]);
    const before = await storage.changeLog.list("acme", { limit: 200 });
    for (const [changes, code] of refused) {
      await expectStorageError(storage.apply(changes), code);
    }
    await expectTypeError(storage.apply(changeSet([resourcePut("a"), resourcePut("a")])));
    expect(await storage.changeLog.list("acme", { limit: 200 })).toStrictEqual(before);
    expect((await storage.changeLog.list("globex", { limit: 200 })).items).toStrictEqual([]);
  },
  "concurrent changes are recorded once each, and those that lose not at all": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme");
    const attempts = numbers(1, 20).map((n) =>
      storage.apply(changeSet([resourcePut(n % 2 === 0 ? "orders" : `orders-${n}`)])),
    );
    const outcomes = await Promise.allSettled(attempts);
    const made = outcomes.filter(({ status }) => status === "fulfilled").length;
    expect(made).toBe(11);
    expect(await revisionsOf(storage)).toStrictEqual(numbers(1, made + 1).toReversed());
  },
  "changes of one workspace are never seen in another one": async ({ storage }) => {
    await createWorkspace(storage, "acme", [resourcePut("orders")]);
    await createWorkspace(storage, "globex", [resourcePut("orders")]);
    for (const workspaceId of ["acme", "globex"]) {
      const { items } = await storage.changeLog.list(workspaceId, { limit: 200 });
      expect(items.map((item) => item.workspaceId)).toStrictEqual([workspaceId, workspaceId]);
    }
    for (const workspaceId of ["initech", "Acme", "", "__proto__", "constructor"]) {
      const page = await storage.changeLog.list(workspaceId, { limit: 200 });
      expect(page).toStrictEqual({ items: [], nextCursor: null });
    }
  },
  "records of changes are copies, on their way in and on their way out": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    const changes = changeSet([resourcePut("orders")], { at: new Date(morning) });
    await storage.apply(changes);
    const before = structuredClone(await storage.changeLog.list("acme", { limit: 200 }));
    expect(before.items[0]).toMatchObject({ key: "orders", at: morning });
    overwrite(changes);
    overwrite(await storage.changeLog.list("acme", { limit: 200 }));
    expect(await storage.changeLog.list("acme", { limit: 200 })).toStrictEqual(before);
    expect(await storage.resources.find("acme", "orders")).toMatchObject({ name: "orders" });
  },
};

const refused: readonly (readonly [ChangeSet, Parameters<typeof expectStorageError>[1]])[] = [
  [changeSet([resourcePut("invoices"), policyPut("premium")]), "ALREADY_EXISTS"],
  [changeSet([resourcePut("invoices"), policyPut("premium", 7)]), "VERSION_CONFLICT"],
  [changeSet([resourcePut("invoices")], { expectedRevision: 7 }), "VERSION_CONFLICT"],
  [changeSet([resourcePut("invoices"), policyPut("absent", 1)]), "NOT_FOUND"],
  [changeSet([resourcePut("invoices"), deletion("policy", "premium", 1)]), "REFERENCED"],
  [changeSet([resourcePut("invoices")], { workspaceId: "globex" }), "NOT_FOUND"],
];

async function revisionsOf(storage: Storage): Promise<readonly number[]> {
  const { items } = await storage.changeLog.list("acme", { limit: 200 });
  return items.map(({ revision }) => revision);
}
