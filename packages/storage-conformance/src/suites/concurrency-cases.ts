import type { ConfigurationWrite, Storage } from "@byot/storage";
import { expect } from "vitest";
import { changeSet, createWorkspace } from "../samples/sample-changes.js";
import { numbers } from "../samples/sample-log-records.js";
import { deletion, policyPut, resourcePut, workspacePut } from "../samples/sample-writes.js";
import { casesOf, type StorageCase } from "../storage-case.js";

/** What holds when several writers come at the same time. */
export const concurrencyCases: readonly StorageCase[] = casesOf("Storage.apply", {
  "of concurrent replacements of one version exactly one wins": async ({ storage }) => {
    await createWorkspace(storage, "acme", [resourcePut("orders")]);
    const writers = numbers(1, 8).map((n) => resourcePut("orders", 1, `writer ${n}`));
    const refusals = await refusalsOf(storage, writers);
    expect(refusals).toStrictEqual(Array.from({ length: 7 }, () => "VERSION_CONFLICT"));
    expect(await storage.revision("acme")).toBe(2);
    expect(await storage.resources.find("acme", "orders")).toMatchObject({ version: 2 });
  },
  "of concurrent creations under one key exactly one wins": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    const writers = numbers(1, 8).map((n) => resourcePut("orders", null, `writer ${n}`));
    const refusals = await refusalsOf(storage, writers);
    expect(refusals).toStrictEqual(Array.from({ length: 7 }, () => "ALREADY_EXISTS"));
    expect(await storage.revision("acme")).toBe(2);
  },
  "of a replacement and a deletion at the same time exactly one wins": async ({ storage }) => {
    await createWorkspace(storage, "acme", [resourcePut("orders")]);
    const writers = [resourcePut("orders", 1, "kept"), deletion("resource", "orders", 1)];
    expect(await refusalsOf(storage, writers)).toHaveLength(1);
    expect(await storage.revision("acme")).toBe(2);
  },
  "of concurrent creations of one workspace exactly one wins": async ({ storage }) => {
    const writers = numbers(1, 4).map((n) => workspacePut("acme", null, `writer ${n}`));
    const refusals = await refusalsOf(storage, writers);
    expect(refusals).toStrictEqual(Array.from({ length: 3 }, () => "ALREADY_EXISTS"));
    expect(await storage.revision("acme")).toBe(1);
  },
  "of concurrent changes checked against one revision exactly one wins": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    const attempts = numbers(1, 4).map((n) =>
      storage.apply(changeSet([resourcePut(`orders-${n}`)], { expectedRevision: 1 })),
    );
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await storage.resources.list("acme", { limit: 200 })).items).toHaveLength(1);
  },
  "concurrent changes of different things all succeed, each at its own revision": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme");
    const revisions = await Promise.all(
      numbers(1, 20).map((n) => storage.apply(changeSet([resourcePut(`orders-${n}`)]))),
    );
    expect(revisions.toSorted((left, right) => left - right)).toStrictEqual(numbers(2, 21));
    expect(await storage.revision("acme")).toBe(21);
  },
  "a reader sees a whole revision or the one before it": async ({ storage }) => {
    await createWorkspace(storage, "acme", [resourcePut("orders"), policyPut("premium")]);
    const progress = { writing: true };
    async function write(): Promise<void> {
      try {
        for (const version of numbers(1, 20)) {
          const writes = [resourcePut("orders", version), policyPut("premium", version)];
          await storage.apply(changeSet(writes));
        }
      } finally {
        progress.writing = false;
      }
    }
    async function read(): Promise<void> {
      while (progress.writing) {
        await expectWhole(storage);
      }
    }
    await Promise.all([read(), write(), read(), read()]);
  },
});

/** Makes all writes at the same time. Resolves to the codes of those that were refused. */
async function refusalsOf(
  storage: Storage,
  writes: readonly ConfigurationWrite[],
): Promise<readonly unknown[]> {
  const outcomes = await Promise.allSettled(
    writes.map((write) => storage.apply(changeSet([write]))),
  );
  return outcomes.flatMap((outcome) =>
    outcome.status === "rejected" ? [Reflect.get(Object(outcome.reason), "code")] : [],
  );
}

/** Expects that the resource and the policy, always written together, are read at one revision. */
async function expectWhole(storage: Storage): Promise<void> {
  const configuration = await storage.readConfiguration("acme");
  expect(configuration?.resources[0]?.version).toBe(configuration?.revision);
  expect(configuration?.policies[0]?.version).toBe(configuration?.revision);
}
