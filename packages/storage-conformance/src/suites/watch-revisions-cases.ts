import type { RevisionChange } from "@byot/storage";
import { expect, vi } from "vitest";
import { expectStorageError } from "../assertions/expect-refusal.js";
import { listen, patience } from "../assertions/listen.js";
import { changeSet, createWorkspace, deleteWorkspace } from "../samples/sample-changes.js";
import { resourcePut } from "../samples/sample-writes.js";
import { casesOf, type StorageCase } from "../storage-case.js";

/** What `Storage.watchRevisions` promises. */
export const watchRevisionsCases: readonly StorageCase[] = casesOf("Storage.watchRevisions", {
  "calls the listener after each change of any workspace, its deletion too": async ({
    storage,
  }) => {
    const { heard, hears } = listen(storage);
    await createWorkspace(storage, "acme");
    await hears(1);
    await createWorkspace(storage, "globex");
    await hears(2);
    await storage.apply(changeSet([resourcePut("orders")]));
    await hears(3);
    await deleteWorkspace(storage, "acme");
    await hears(4);
    expect(heard).toStrictEqual([
      { workspaceId: "acme", revision: 1 },
      { workspaceId: "globex", revision: 1 },
      { workspaceId: "acme", revision: 2 },
      { workspaceId: "acme", revision: 3 },
    ]);
  },
  "calls the listener once the change can be read": async ({ storage }) => {
    const reads: Promise<number | undefined>[] = [];
    storage.watchRevisions(({ workspaceId }) => reads.push(storage.revision(workspaceId)));
    await createWorkspace(storage, "acme");
    await vi.waitFor(() => expect(reads).toHaveLength(1), patience);
    expect(await Promise.all(reads)).toStrictEqual([1]);
  },
  "does not call the listener after a change that was refused": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    const { heard, hears } = listen(storage);
    await expectStorageError(
      storage.apply(changeSet([resourcePut("orders"), resourcePut("absent", 7)])),
      "NOT_FOUND",
    );
    await createWorkspace(storage, "globex");
    await hears(1);
    expect(heard).toStrictEqual([{ workspaceId: "globex", revision: 1 }]);
  },
  "what it returns stops the calls, and those of no other listener": async ({ storage }) => {
    const stopped = listen(storage);
    const other = listen(storage);
    await createWorkspace(storage, "acme");
    await stopped.hears(1);
    stopped.stop();
    stopped.stop();
    await createWorkspace(storage, "globex");
    await other.hears(2);
    expect(stopped.heard).toStrictEqual([{ workspaceId: "acme", revision: 1 }]);
  },
  "a listener that watches twice is called twice, and stopped one at a time": async ({
    storage,
  }) => {
    const heard: RevisionChange[] = [];
    const listener = (change: RevisionChange): void => {
      heard.push(change);
    };
    const stop = storage.watchRevisions(listener);
    storage.watchRevisions(listener);
    await createWorkspace(storage, "acme");
    await vi.waitFor(() => expect(heard).toHaveLength(2), patience);
    stop();
    await createWorkspace(storage, "globex");
    await vi.waitFor(() => expect(heard).toHaveLength(3), patience);
  },
  "millisSinceConfirmed is a time in milliseconds, before and after changes": async ({
    storage,
  }) => {
    expect(storage.millisSinceConfirmed()).toSatisfy(isDuration);
    const { hears } = listen(storage);
    await createWorkspace(storage, "acme");
    await hears(1);
    expect(storage.millisSinceConfirmed()).toSatisfy(isDuration);
  },
});

function isDuration(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
