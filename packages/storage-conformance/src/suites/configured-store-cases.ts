import { expect } from "vitest";
import { overwrite } from "../assertions/overwrite.js";
import {
  changeSet,
  createWorkspace,
  deleteWorkspace,
  morning,
  noon,
} from "../samples/sample-changes.js";
import { awkwardKeys, awkwardText } from "../samples/sample-keys.js";
import type { SampleKind } from "../samples/sample-kinds.js";
import { deletion } from "../samples/sample-writes.js";
import { configuredListCases } from "./configured-list-cases.js";
import { casesOf, type CaseTable, type StorageCase } from "../storage-case.js";

/** What every port of configured things promises, for one of them. */
export function configuredStoreCases(sample: SampleKind): readonly StorageCase[] {
  return casesOf(sample.port, {
    ...findCases(sample),
    ...recordCases(sample),
    ...copyCases(sample),
    ...isolationCases(sample),
    ...configuredListCases(sample),
  });
}

function findCases({ storeOf, put, neededFirst }: SampleKind): CaseTable {
  return {
    "find resolves to `undefined` when the workspace has nothing under that key": async ({
      storage,
    }) => {
      await createWorkspace(storage, "acme", [...neededFirst, put("orders-1")]);
      for (const key of ["orders-2", "", "orders-1 ", ...awkwardKeys]) {
        expect(await storeOf(storage).find("acme", key)).toBeUndefined();
      }
    },
    "find resolves to `undefined` when the workspace does not exist": async ({ storage }) => {
      await createWorkspace(storage, "acme", [...neededFirst, put("orders-1")]);
      expect(await storeOf(storage).find("globex", "orders-1")).toBeUndefined();
    },
    "keys are compared byte for byte: `Orders` is not `orders`": async ({ storage }) => {
      await createWorkspace(storage, "acme", neededFirst);
      for (const key of awkwardKeys) {
        await storage.apply(changeSet([put(key, null, key)]));
      }
      for (const [index, key] of awkwardKeys.entries()) {
        const found = await storeOf(storage).find("acme", key);
        expect(found).toMatchObject({ version: index + 2 });
      }
    },
    "`__proto__` and `constructor` are keys like any other": async ({ storage }) => {
      await createWorkspace(storage, "acme", neededFirst);
      for (const key of ["__proto__", "constructor", "toString"]) {
        expect(await storeOf(storage).find("acme", key)).toBeUndefined();
        const version = await storage.apply(changeSet([put(key)]));
        expect(await storeOf(storage).find("acme", key)).toMatchObject({ version });
      }
    },
  };
}

function recordCases({ kind, storeOf, put, valueOf, neededFirst }: SampleKind): CaseTable {
  return {
    "a record holds what was written, its workspace, its version and its times": async ({
      storage,
    }) => {
      await createWorkspace(storage, "acme", neededFirst);
      const version = await storage.apply(changeSet([put("orders-1", null, awkwardText)]));
      expect(await storeOf(storage).find("acme", "orders-1")).toStrictEqual({
        ...valueOf("orders-1", awkwardText),
        workspaceId: "acme",
        version,
        createdAt: morning,
        updatedAt: morning,
      });
    },
    "replacing a thing changes it whole, moves `updatedAt` and keeps `createdAt`": async ({
      storage,
    }) => {
      const version = await createWorkspace(storage, "acme", [
        ...neededFirst,
        put("orders-1", null, "before"),
      ]);
      await storage.apply(changeSet([put("orders-1", version, "after")], { at: noon }));
      expect(await storeOf(storage).find("acme", "orders-1")).toStrictEqual({
        ...valueOf("orders-1", "after"),
        workspaceId: "acme",
        version: version + 1,
        createdAt: morning,
        updatedAt: noon,
      });
    },
    "a thing made again after its deletion begins anew, and its version never comes back": async ({
      storage,
    }) => {
      const first = await createWorkspace(storage, "acme", [...neededFirst, put("orders-1")]);
      await storage.apply(changeSet([deletion(kind, "orders-1", first)]));
      expect(await storeOf(storage).find("acme", "orders-1")).toBeUndefined();
      await storage.apply(changeSet([put("orders-1")], { at: noon }));
      const found = await storeOf(storage).find("acme", "orders-1");
      expect(found).toMatchObject({ version: first + 2, createdAt: noon, updatedAt: noon });
    },
  };
}

function copyCases({ storeOf, put, valueOf, neededFirst }: SampleKind): CaseTable {
  return {
    "records that come out are copies: changing one changes nothing stored": async ({
      storage,
    }) => {
      await createWorkspace(storage, "acme", [...neededFirst, put("orders-1")]);
      const before = await storeOf(storage).find("acme", "orders-1");
      overwrite(await storeOf(storage).find("acme", "orders-1"));
      overwrite(await storeOf(storage).list("acme", { limit: 200 }));
      expect(before).toMatchObject(valueOf("orders-1"));
      expect(await storeOf(storage).find("acme", "orders-1")).toStrictEqual(before);
      const { items } = await storeOf(storage).list("acme", { limit: 200 });
      expect(items).toStrictEqual([before]);
    },
    "what goes in is copied: changing it later changes nothing stored": async ({ storage }) => {
      await createWorkspace(storage, "acme", neededFirst);
      const changes = changeSet([put("orders-1")], { at: new Date(morning) });
      await storage.apply(changes);
      overwrite(changes);
      expect(await storeOf(storage).find("acme", "orders-1")).toMatchObject({
        ...valueOf("orders-1"),
        createdAt: morning,
        updatedAt: morning,
      });
    },
  };
}

function isolationCases({ kind, storeOf, put, valueOf, neededFirst }: SampleKind): CaseTable {
  return {
    "workspaces never see each other, even under the same key": async ({ storage }) => {
      await createWorkspace(storage, "acme", [...neededFirst, put("orders-1", null, "of acme")]);
      await createWorkspace(storage, "globex", [
        ...neededFirst,
        put("orders-1", null, "of globex"),
      ]);
      const globex = await storage.readConfiguration("globex");

      await storage.apply(changeSet([put("orders-1", 1, "changed"), put("orders-2")]));
      await storage.apply(changeSet([deletion(kind, "orders-1", 2)]));

      expect(await storage.readConfiguration("globex")).toStrictEqual(globex);
      expect(await storeOf(storage).find("globex", "orders-1")).toMatchObject({
        ...valueOf("orders-1", "of globex"),
        workspaceId: "globex",
        version: 1,
      });
      expect(await storeOf(storage).find("globex", "orders-2")).toBeUndefined();
      expect((await storeOf(storage).list("globex", { limit: 200 })).items).toHaveLength(1);
    },
    "deleting a workspace deletes what it holds, and nothing of another one": async ({
      storage,
    }) => {
      await createWorkspace(storage, "acme", [...neededFirst, put("orders-1")]);
      await createWorkspace(storage, "globex", [...neededFirst, put("orders-1")]);
      const globex = await storage.readConfiguration("globex");

      await deleteWorkspace(storage, "acme");

      expect(await storeOf(storage).find("acme", "orders-1")).toBeUndefined();
      expect((await storeOf(storage).list("acme", { limit: 200 })).items).toHaveLength(0);
      expect(await storage.readConfiguration("globex")).toStrictEqual(globex);
    },
  };
}
