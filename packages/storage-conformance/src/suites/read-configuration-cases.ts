import { expect } from "vitest";
import { overwrite } from "../assertions/overwrite.js";
import { changeSet, createWorkspace } from "../samples/sample-changes.js";
import { awkwardKeys } from "../samples/sample-keys.js";
import { namedByPermissions } from "../samples/sample-kinds.js";
import { numbers } from "../samples/sample-log-records.js";
import {
  deletion,
  permissionPut,
  policyPut,
  providerPut,
  resourcePut,
} from "../samples/sample-writes.js";
import { casesOf, type StorageCase } from "../storage-case.js";

/** What `Storage.readConfiguration` promises. */
export const readConfigurationCases: readonly StorageCase[] = casesOf("Storage.readConfiguration", {
  "resolves to `undefined` when the workspace does not exist": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    for (const id of ["globex", "Acme", "", "__proto__", "constructor"]) {
      expect(await storage.readConfiguration(id)).toBeUndefined();
    }
  },
  "a new workspace has a configuration without anything": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    expect(await storage.readConfiguration("acme")).toStrictEqual({
      revision: 1,
      workspace: await storage.workspaces.find("acme"),
      providers: [],
      policies: [],
      resources: [],
      permissions: [],
    });
  },
  "answers everything of the workspace, as the stores answer it": async ({ storage }) => {
    await createWorkspace(storage, "globex", [...namedByPermissions, providerPut("okta")]);
    await createWorkspace(storage, "acme", [...namedByPermissions, providerPut("clerk")]);
    await storage.apply(changeSet([permissionPut("p1"), policyPut("premium", 1, "changed")]));
    expect(await storage.readConfiguration("acme")).toStrictEqual({
      revision: 2,
      workspace: await storage.workspaces.find("acme"),
      providers: [await storage.providers.find("acme", "clerk")],
      policies: [await storage.policies.find("acme", "premium")],
      resources: [await storage.resources.find("acme", "orders")],
      permissions: [await storage.permissions.find("acme", "p1")],
    });
  },
  "lists are ordered by key, in the order of the keys' UTF-8 bytes": async ({ storage }) => {
    const keys = awkwardKeys.toReversed();
    await createWorkspace(storage, "acme", [
      ...keys.map((key) => policyPut(key)),
      ...keys.map((key) => resourcePut(key)),
      ...keys.map((key) => permissionPut(key, { policy: "orders" })),
    ]);
    const configuration = await storage.readConfiguration("acme");
    expect(configuration?.policies.map(({ document }) => document.name)).toStrictEqual(awkwardKeys);
    expect(configuration?.resources.map(({ name }) => name)).toStrictEqual(awkwardKeys);
    expect(configuration?.permissions.map(({ id }) => id)).toStrictEqual(awkwardKeys);
  },
  "providers are in the order of their creation; replacing one does not move it": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme", [providerPut("okta"), providerPut("auth0")]);
    await storage.apply(changeSet([providerPut("clerk")]));
    await storage.apply(changeSet([providerPut("okta", 1, "replaced")]));
    await storage.apply(changeSet([deletion("provider", "auth0", 1)]));
    await storage.apply(changeSet([providerPut("auth0"), providerPut("a-last-one")]));
    const configuration = await storage.readConfiguration("acme");
    expect(configuration?.providers.map(({ id }) => id)).toStrictEqual([
      "okta",
      "clerk",
      "auth0",
      "a-last-one",
    ]);
  },
  "a configuration is read whole, however large it is": async ({ storage }) => {
    const writes = numbers(1, 500).map((n) => resourcePut(`orders-${n}`));
    await createWorkspace(storage, "acme", writes);
    expect((await storage.readConfiguration("acme"))?.resources).toHaveLength(500);
  },
  "a configuration is a copy: changing it changes nothing stored": async ({ storage }) => {
    await createWorkspace(storage, "acme", [...namedByPermissions, providerPut("clerk")]);
    const before = await storage.readConfiguration("acme");
    overwrite(await storage.readConfiguration("acme"));
    expect(before).toMatchObject({ revision: 1, workspace: { id: "acme" } });
    expect(await storage.readConfiguration("acme")).toStrictEqual(before);
  },
});
