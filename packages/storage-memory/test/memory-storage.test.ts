import { defaultWorkspaceSettings, type DecisionRecord } from "@byot/storage";
import { openMemoryStorage } from "@byot/storage-memory";
import { expect, test } from "vitest";

const start = Date.parse("2026-03-02T09:00:00Z");

function decision(number: number): DecisionRecord {
  return {
    decisionId: `01950000-0000-7000-8000-${String(number).padStart(12, "0")}`,
    workspaceId: "acme",
    at: new Date(start + number),
    revision: 1,
    requestId: `request-${number}`,
    issuer: "https://login.acme.example",
    providerId: "clerk",
    resource: "orders",
    action: "read",
    decision: "Allow",
    reason: "rule",
    determining: [],
    errors: [],
    durationMicros: 40,
    personal: { subject: "alice", attributes: [] },
  };
}

test("two storages share nothing, and chain under names of their own", async () => {
  const [first, second] = [openMemoryStorage(), openMemoryStorage()];
  await first.decisionLog.append([decision(1)]);
  await first.secrets.findOrCreate("pseudonyms", "first");

  await expect(second.decisionLog.checkpoint("acme")).resolves.toEqual([]);
  await expect(second.secrets.findOrCreate("pseudonyms", "second")).resolves.toBe("second");

  await second.decisionLog.append([decision(1)]);
  const heads = [
    ...(await first.decisionLog.checkpoint("acme")),
    ...(await second.decisionLog.checkpoint("acme")),
  ];
  expect(new Set(heads.map(({ writerId }) => writerId)).size).toBe(2);
});

test("has told of every change at any time, since nobody else can make one", async () => {
  const storage = openMemoryStorage();
  expect(storage.millisSinceConfirmed()).toBe(0);
  await storage.close();
  expect(storage.millisSinceConfirmed()).toBe(0);
});

test("verifies the log as it was when the verification began", async () => {
  const { decisionLog } = openMemoryStorage();
  await decisionLog.append([decision(1), decision(2)]);

  const verification = decisionLog.verify("acme");
  const after = new Date(start + 10);
  await Promise.all([
    decisionLog.append([decision(3)]),
    decisionLog.eraseSubject("acme", {
      erasureId: "01950000-0000-7000-8000-00000000000e",
      subjects: ["alice"],
      at: after,
      by: { kind: "system", id: "demo" },
    }),
    decisionLog.dropBefore("acme", after),
  ]);

  await expect(verification).resolves.toMatchObject({
    intact: true,
    segments: 1,
    decisions: 2,
    erased: 0,
  });
});

test("keeps the order of time, whatever the order of appending", async () => {
  const { decisionLog } = openMemoryStorage();
  for (const number of [5, 1, 4, 2, 3]) {
    await decisionLog.append([decision(number)]);
  }

  const { items } = await decisionLog.list("acme", { limit: 10 });

  expect(items.map(({ requestId }) => requestId)).toEqual(
    [5, 4, 3, 2, 1].map((number) => `request-${number}`),
  );
});

test("forgets what was dropped: its id is free again", async () => {
  const { decisionLog } = openMemoryStorage();
  await decisionLog.append([decision(1)]);
  await decisionLog.dropBefore("acme", new Date(start + 10));

  await expect(decisionLog.append([decision(1)])).resolves.toBeUndefined();
  await expect(decisionLog.verify("acme")).resolves.toMatchObject({ intact: true, decisions: 1 });
});

test("a change log keeps what was written, whatever becomes of the caller's objects", async () => {
  const storage = openMemoryStorage();
  const value = { id: "acme", name: "Acme Inc.", settings: { ...defaultWorkspaceSettings } };
  await storage.apply({
    workspaceId: "acme",
    at: new Date(start),
    by: { kind: "system", id: "demo" },
    writes: [{ operation: "put", kind: "workspace", value, expectedVersion: null }],
  });
  value.name = "Globex";

  const { items } = await storage.changeLog.list("acme", { limit: 1 });

  expect(items).toMatchObject([{ after: { name: "Acme Inc." }, by: { id: "demo" } }]);
});
