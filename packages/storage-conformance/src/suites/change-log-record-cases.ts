import type { ChangeRecord, ConfigurationWrite, ConfiguredKind, Storage } from "@byot/storage";
import { expect } from "vitest";
import { changeSet, createWorkspace, deleteWorkspace, noon } from "../samples/sample-changes.js";
import { workspaceInput } from "../samples/sample-inputs.js";
import { sampleKinds } from "../samples/sample-kinds.js";
import { administrator, theService } from "../samples/sample-origins.js";
import { deletion, workspacePut } from "../samples/sample-writes.js";
import type { CaseTable } from "../storage-case.js";

/** How one kind of thing is written to a workspace that has what it needs. */
interface LoggedKind {
  readonly kind: ConfiguredKind;
  readonly key: string;
  readonly put: (expectedVersion: number | null, text: string) => ConfigurationWrite;
  readonly valueOf: (text: string) => unknown;
}

const manifold: readonly LoggedKind[] = sampleKinds.map(({ kind, put, valueOf }) => ({
  kind,
  key: "orders-1",
  put: (expectedVersion, text) => put("orders-1", expectedVersion, text),
  valueOf: (text) => valueOf("orders-1", text),
}));

const workspace: LoggedKind = {
  kind: "workspace",
  key: "acme",
  put: (expectedVersion, text) => workspacePut("acme", expectedVersion, text),
  valueOf: (text) => workspaceInput("acme", text),
};

const needed: readonly ConfigurationWrite[] = sampleKinds.flatMap(({ neededFirst }) => neededFirst);

/** What `ChangeLog` promises of the records of each change. */
export const changeLogRecordCases: CaseTable = {
  "a created thing of any kind is recorded with what was decided about it": async ({ storage }) => {
    await storage.apply(changeSet([workspace.put(null, "new"), ...needed]));
    expect((await changesOf(storage)).map(withoutId).at(-1)).toStrictEqual(
      recorded(workspace, { revision: 1, operation: "create", after: workspace.valueOf("new") }),
    );
    for (const thing of manifold) {
      const revision = await storage.apply(changeSet([thing.put(null, "new")]));
      expect(await lastChange(storage)).toStrictEqual(
        recorded(thing, { revision, operation: "create", after: thing.valueOf("new") }),
      );
    }
  },
  "a replaced thing of any kind is recorded with what was decided before and what is now": async ({
    storage,
  }) => {
    await storage.apply(changeSet([workspace.put(null, "old"), ...needed]));
    for (const thing of manifold) {
      await storage.apply(changeSet([thing.put(null, "old")]));
    }
    for (const thing of [workspace, ...manifold]) {
      const version = (await versionOf(storage, thing)) ?? 0;
      const revision = await storage.apply(changeSet([thing.put(version, "new")], { at: noon }));
      expect(await lastChange(storage)).toStrictEqual({
        ...recorded(thing, { revision, operation: "replace" }),
        at: noon,
        before: thing.valueOf("old"),
        after: thing.valueOf("new"),
      });
    }
  },
  "a deleted thing of any kind is recorded with what had been decided about it": async ({
    storage,
  }) => {
    await storage.apply(changeSet([workspace.put(null, "old"), ...needed]));
    for (const thing of [...manifold, workspace]) {
      const made =
        thing.kind === "workspace" ? 1 : await storage.apply(changeSet([thing.put(null, "old")]));
      const revision = await storage.apply(changeSet([deletion(thing.kind, thing.key, made)]));
      expect(await lastChange(storage)).toStrictEqual(
        recorded(thing, { revision, operation: "delete", before: thing.valueOf("old") }),
      );
    }
  },
  "a change says who made it, and by which request where there was one": async ({ storage }) => {
    await storage.apply(changeSet([workspacePut("acme")], administrator("request-7")));
    const { requestId: _, ...unasked } = changeSet([workspacePut("acme", 1)], theService());
    await storage.apply(unasked);
    const [second, first] = await changesOf(storage);
    expect(first).toMatchObject(administrator("request-7"));
    expect(second).toMatchObject(theService());
    expect(second).not.toHaveProperty("requestId");
  },
  "each change has an id that no other one has, in any workspace": async ({ storage }) => {
    for (const workspaceId of ["acme", "globex"]) {
      await createWorkspace(storage, workspaceId, needed);
      await deleteWorkspace(storage, workspaceId);
    }
    const changes = [...(await changesOf(storage)), ...(await changesOf(storage, "globex"))];
    expect(changes).toHaveLength(2 * (needed.length + 2));
    expect(new Set(changes.map(({ changeId }) => changeId)).size).toBe(changes.length);
  },
  "deleting a workspace is one record, whatever it held": async ({ storage }) => {
    await createWorkspace(storage, "acme", needed);
    const before = await changesOf(storage);
    const revision = await deleteWorkspace(storage, "acme");
    const [deleted, ...rest] = await changesOf(storage);
    expect(deleted).toMatchObject({ kind: "workspace", operation: "delete", revision });
    expect(rest).toStrictEqual(before);
  },
  "the log outlives its workspace, and goes on when it is made again": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    await deleteWorkspace(storage, "acme");
    await createWorkspace(storage, "acme");
    const changes = await changesOf(storage);
    expect(changes.map(({ operation }) => operation)).toStrictEqual(["create", "delete", "create"]);
    expect(changes.map(({ revision }) => revision)).toStrictEqual([3, 2, 1]);
  },
};

function recorded(
  { kind, key }: LoggedKind,
  more: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { at, by, requestId } = changeSet([]);
  return {
    workspaceId: "acme",
    at,
    by,
    requestId,
    kind,
    key,
    ...more,
  };
}

async function changesOf(storage: Storage, workspaceId = "acme"): Promise<readonly ChangeRecord[]> {
  return (await storage.changeLog.list(workspaceId, { limit: 200 })).items;
}

async function lastChange(storage: Storage): Promise<Omit<ChangeRecord, "changeId"> | undefined> {
  return (await changesOf(storage)).map(withoutId)[0];
}

function withoutId({ changeId: _, ...change }: ChangeRecord): Omit<ChangeRecord, "changeId"> {
  return change;
}

async function versionOf(storage: Storage, { kind, key }: LoggedKind): Promise<number | undefined> {
  const [last] = (await storage.changeLog.list("acme", { kind, key, limit: 1 })).items;
  return last?.revision;
}
