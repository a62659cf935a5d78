import { StorageError, type Storage } from "@byot/storage";
import { expect } from "vitest";
import { expectStorageError } from "../assertions/expect-refusal.js";
import { apiKeyRecord } from "../samples/sample-api-keys.js";
import { changeSet, createWorkspace, noon } from "../samples/sample-changes.js";
import { erasureOf } from "../samples/sample-erasures.js";
import {
  decisionRecord,
  recordId,
  recordTime,
  refusalRecord,
} from "../samples/sample-log-records.js";
import { administrator } from "../samples/sample-origins.js";
import { workspacePut } from "../samples/sample-writes.js";
import { casesOf, type StorageCase } from "../storage-case.js";

const page = { limit: 10 } as const;
const oneBucket = { from: recordTime(0), until: recordTime(10), bucketMillis: 10 } as const;

/** Every method that fails after `close`. */
const methods: Readonly<Record<string, (storage: Storage) => Promise<unknown>>> = {
  "workspaces.find": ({ workspaces }) => workspaces.find("acme"),
  "workspaces.list": ({ workspaces }) => workspaces.list(page),
  "providers.find": ({ providers }) => providers.find("acme", "clerk"),
  "providers.list": ({ providers }) => providers.list("acme", page),
  "policies.find": ({ policies }) => policies.find("acme", "premium"),
  "policies.list": ({ policies }) => policies.list("acme", page),
  "policies.findVersion": ({ policies }) => policies.findVersion("acme", "premium", 1),
  "policies.listVersions": ({ policies }) => policies.listVersions("acme", "premium", page),
  "resources.find": ({ resources }) => resources.find("acme", "orders"),
  "resources.list": ({ resources }) => resources.list("acme", page),
  "permissions.find": ({ permissions }) => permissions.find("acme", "p1"),
  "permissions.list": ({ permissions }) => permissions.list("acme", page),
  "apiKeys.find": ({ apiKeys }) => apiKeys.find("ci"),
  "apiKeys.list": ({ apiKeys }) => apiKeys.list(undefined, page),
  "apiKeys.create": ({ apiKeys }) => apiKeys.create(apiKeyRecord("ci"), administrator()),
  "apiKeys.revoke": ({ apiKeys }) => apiKeys.revoke("ci", noon, administrator()),
  "changeLog.list": ({ changeLog }) => changeLog.list("acme", page),
  "secrets.findOrCreate": ({ secrets }) => secrets.findOrCreate("pseudonyms", "proposed"),
  "decisionLog.append": ({ decisionLog }) => decisionLog.append([decisionRecord(1)]),
  "decisionLog.appendRefusals": ({ decisionLog }) => decisionLog.appendRefusals([refusalRecord(1)]),
  "decisionLog.find": ({ decisionLog }) => decisionLog.find("acme", recordId(1)),
  "decisionLog.list": ({ decisionLog }) => decisionLog.list("acme", page),
  "decisionLog.listRefusals": ({ decisionLog }) => decisionLog.listRefusals("acme", page),
  "decisionLog.statistics": ({ decisionLog }) => decisionLog.statistics("acme", oneBucket),
  "decisionLog.listWorkspaces": ({ decisionLog }) => decisionLog.listWorkspaces(page),
  "decisionLog.eraseSubject": ({ decisionLog }) => decisionLog.eraseSubject("acme", erasureOf()),
  "decisionLog.dropBefore": ({ decisionLog }) => decisionLog.dropBefore("acme", noon),
  "decisionLog.checkpoint": ({ decisionLog }) => decisionLog.checkpoint("acme"),
  "decisionLog.verify": ({ decisionLog }) => decisionLog.verify("acme"),
  apply: (storage) => storage.apply(changeSet([workspacePut("globex")])),
  revision: (storage) => storage.revision("acme"),
  readConfiguration: (storage) => storage.readConfiguration("acme"),
};

/** What holds from the opening of a storage to its end. */
export const lifecycleCases: readonly StorageCase[] = casesOf("Storage lifecycle", {
  "a fresh storage is empty and ready": async ({ storage }) => {
    expect(await storage.isReady()).toBe(true);
    expect((await storage.workspaces.list(page)).items).toHaveLength(0);
    expect((await storage.apiKeys.list(undefined, page)).items).toHaveLength(0);
    expect((await storage.decisionLog.listWorkspaces(page)).items).toHaveLength(0);
  },
  "a storage in use is ready": async ({ storage }) => {
    await createWorkspace(storage, "acme");
    await storage.decisionLog.append([decisionRecord(1)]);
    expect(await storage.isReady()).toBe(true);
  },
  "after `close` every method rejects with code `CLOSED`, and none throws at once": async ({
    storage,
  }) => {
    await createWorkspace(storage, "acme");
    await storage.close();
    for (const call of Object.values(methods)) {
      await expectStorageError(call(storage), "CLOSED");
    }
  },
  "watchRevisions throws with code `CLOSED` after `close`": async ({ storage }) => {
    await storage.close();
    expect(() => storage.watchRevisions(() => undefined)).toThrow(
      expect.objectContaining({ constructor: StorageError, code: "CLOSED" }),
    );
  },
  "isReady resolves to `false` after `close`": async ({ storage }) => {
    await storage.close();
    expect(await storage.isReady()).toBe(false);
  },
  "closing twice is fine": async ({ storage }) => {
    await storage.close();
    await expect(storage.close()).resolves.toBeUndefined();
  },
});
