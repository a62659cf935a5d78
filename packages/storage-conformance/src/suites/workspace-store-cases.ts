import { defaultWorkspaceSettings } from "@byot/storage";
import { expect } from "vitest";
import { everyPage } from "../assertions/every-page.js";
import { expectTypeError } from "../assertions/expect-refusal.js";
import { overwrite } from "../assertions/overwrite.js";
import {
  changeSet,
  createWorkspace,
  deleteWorkspace,
  morning,
  noon,
} from "../samples/sample-changes.js";
import { chosenSettings, workspaceInput } from "../samples/sample-inputs.js";
import { awkwardKeys, awkwardText } from "../samples/sample-keys.js";
import { workspacePut } from "../samples/sample-writes.js";
import { casesOf, type CaseTable, type StorageCase } from "../storage-case.js";

const findCases: CaseTable = {
  "find resolves to `undefined` when there is no workspace of that id": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    for (const id of ["globex", "Acme", "acme ", "", "__proto__", "constructor"]) {
      expect(await storage.workspaces.find(id)).toBeUndefined();
    }
  },
  "a workspace holds what was written, its own id, its version and its times": async ({
    storage,
  }) => {
    const value = { ...workspaceInput("acme", awkwardText), settings: chosenSettings };
    await storage.apply(
      changeSet([{ operation: "put", kind: "workspace", value, expectedVersion: null }]),
    );
    expect(await storage.workspaces.find("acme")).toStrictEqual({
      ...value,
      workspaceId: "acme",
      version: 1,
      createdAt: morning,
      updatedAt: morning,
    });
  },
  "replacing a workspace changes it whole and leaves what is in it": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    await storage.apply(changeSet([workspacePut("acme", 1, "Acme Corporation")], { at: noon }));
    expect(await storage.workspaces.find("acme")).toStrictEqual({
      ...workspaceInput("acme", "Acme Corporation"),
      workspaceId: "acme",
      version: 2,
      createdAt: morning,
      updatedAt: noon,
    });
  },
  "the settings of a workspace are kept, and replaced, whole": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    for (const [index, settings] of [chosenSettings, defaultWorkspaceSettings].entries()) {
      const value = { ...workspaceInput("acme"), settings };
      await storage.apply(
        changeSet([{ operation: "put", kind: "workspace", value, expectedVersion: index + 1 }]),
      );
      expect((await storage.workspaces.find("acme"))?.settings).toStrictEqual(settings);
      const { items } = await storage.workspaces.list({ limit: 9 });
      expect(items.map((item) => item.settings)).toStrictEqual([settings]);
      const configuration = await storage.readConfiguration("acme");
      expect(configuration?.workspace.settings).toStrictEqual(settings);
    }
  },
  "records that come out are copies: changing one changes nothing stored": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    const before = await storage.workspaces.find("acme");
    overwrite(await storage.workspaces.find("acme"));
    overwrite(await storage.workspaces.list({ limit: 200 }));
    expect(before).toMatchObject(workspaceInput("acme"));
    expect(await storage.workspaces.find("acme")).toStrictEqual(before);
    expect((await storage.workspaces.list({ limit: 200 })).items).toStrictEqual([before]);
  },
};

const listCases: CaseTable = {
  "list has all workspaces, ordered by id, in the order of their UTF-8 bytes": async ({
    storage,
  }) => {
    for (const id of awkwardKeys.toReversed()) {
      await createWorkspace(storage, id);
    }
    const { items } = await storage.workspaces.list({ limit: 200 });
    expect(items.map(({ id }) => id)).toStrictEqual(awkwardKeys);
  },
  "list of an empty storage has nothing": async ({ storage }) => {
    expect(await storage.workspaces.list({ limit: 200 })).toStrictEqual({
      items: [],
      nextCursor: null,
    });
  },
  "list leaves deleted workspaces out": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    await createWorkspace(storage, "globex");
    await deleteWorkspace(storage, "acme");
    const { items } = await storage.workspaces.list({ limit: 200 });
    expect(items).toStrictEqual([await storage.workspaces.find("globex")]);
  },
  "pages follow each other without repeating or skipping anything": async ({ storage }) => {
    for (const id of awkwardKeys) {
      await createWorkspace(storage, id);
    }
    for (const limit of [1, 2, 5, awkwardKeys.length]) {
      const paged = await everyPage(limit, (page) => storage.workspaces.list(page));
      expect(paged.map(({ id }) => id)).toStrictEqual(awkwardKeys);
    }
  },
  "a limit that is not a whole number from 1 to 200 is a `TypeError`": async ({ storage }) => {
    for (const limit of [0, 201, 1.5, Number.NaN]) {
      await expectTypeError(storage.workspaces.list({ limit }));
    }
  },
};

/** What `WorkspaceStore` promises. */
export const workspaceStoreCases: readonly StorageCase[] = casesOf("WorkspaceStore", {
  ...findCases,
  ...listCases,
});
