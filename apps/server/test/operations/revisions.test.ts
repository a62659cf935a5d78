import { routes } from "@byot/api-contract";
import type { Storage } from "@byot/storage";
import { expect, test } from "vitest";
import { makeAcme } from "../support/acme.js";
import { type Service, startService } from "../support/service.js";

const { authorize } = routes.decisions;

async function question(service: Service, more: object = {}): Promise<{ readonly body: object }> {
  const token = await service.tokenOf("ada");
  return { body: { token, resource: "premium-features", action: "access", ...more } };
}

async function revisionOf(service: Service): Promise<number> {
  return (await service.storage.revision("acme")) ?? 0;
}

test("decides on the revision that is asked for, or a later one", async () => {
  await using service = await startService();
  await makeAcme(service);
  const revision = await revisionOf(service);

  const on = await service.call(authorize, await question(service, { minRevision: revision }));
  const past = await service.call(authorize, await question(service, { minRevision: 1 }));

  expect([on, past].map(({ answer }) => answer.data.revision)).toEqual([revision, revision]);
});

test("refuses a revision that the workspace never had", async () => {
  await using service = await startService();
  await makeAcme(service);
  const minRevision = (await revisionOf(service)) + 1;

  const problem = await service.refuse(authorize, await question(service, { minRevision }));

  expect(problem).toMatchObject({ code: "revision_unknown", status: 409 });
});

function confirmedAgo(millis: { now: number }): (storage: Storage) => Storage {
  return (storage) => ({ ...storage, millisSinceConfirmed: () => millis.now });
}

test("decides for 30 seconds without being certain of the configuration, and no longer", async () => {
  const millis = { now: 0 };
  await using service = await startService({ wrapStorage: confirmedAgo(millis) });
  await makeAcme(service);

  millis.now = 30_000;
  const still = await service.ask(authorize, await question(service));
  const ready = await service.send("/readyz");
  millis.now = 30_001;
  const stale = await service.ask(authorize, await question(service));
  const notReady = await service.send("/readyz");

  expect([still.status, ready.status]).toEqual([200, 200]);
  expect(stale).toMatchObject({ status: 503, body: { code: "configuration_stale" } });
  expect(Number(stale.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
  expect(notReady).toMatchObject({
    status: 503,
    body: { data: { parts: { storage: "ready", configuration: "stale" } } },
  });
});

test("answers no decision that cannot be recorded, and says when to try again", async () => {
  await using service = await startService({
    wrapStorage: (storage) => ({
      ...storage,
      decisionLog: {
        ...storage.decisionLog,
        append: () => Promise.reject(new Error("the disk is full")),
      },
    }),
  });
  await makeAcme(service);

  const answer = await service.ask(authorize, await question(service));

  expect(answer).toMatchObject({ status: 503, body: { code: "audit_unavailable" } });
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
  expect(answer.text).not.toContain("allowed");
});
