import { defaultWorkspaceSettings, type ErasureAnswer, routes } from "@byot/api-contract";
import { expect, test } from "vitest";
import { everythingIn, makeAcme } from "../../support/acme.js";
import { decisionAt } from "../../support/log-records.js";
import { type Service, startService } from "../../support/service.js";

const { checkpoint, decisions, erase, refusals, verify, verifyAgainst } = routes.audit;

async function askFor(service: Service, person: string): Promise<void> {
  await service.call(routes.decisions.authorize, {
    body: { token: await service.tokenOf(person), resource: "orders", action: "approve" },
  });
}

async function eraseSubject(service: Service, body: object): Promise<ErasureAnswer> {
  return (await service.call(erase, { body })).answer.data;
}

test("the log is whole after every decision", async () => {
  await using service = await startService();
  await makeAcme(service);
  const empty = await service.call(verify);
  await askFor(service, "ada");
  await askFor(service, "ben");

  const { answer } = await service.call(verify);

  expect(empty.answer.data).toMatchObject({ intact: true, chains: 0, decisions: 0, heads: [] });
  expect(answer.data).toMatchObject({ intact: true, chains: 1, decisions: 2, problems: [] });
});

test("a checkpoint of earlier is found in the log of later", async () => {
  await using service = await startService();
  await makeAcme(service);
  await askFor(service, "ada");
  const kept = await service.call(checkpoint);
  await askFor(service, "ben");

  const { answer } = await service.call(verifyAgainst, {
    body: { expected: kept.answer.data.heads },
  });

  expect(kept.answer.data.heads).toMatchObject([{ sequence: 1 }]);
  expect(answer.data).toMatchObject({ intact: true, heads: [{ sequence: 2 }] });
});

test("a checkpoint of another log is missed", async () => {
  await using service = await startService();
  await makeAcme(service);
  await askFor(service, "ada");
  const expected = [{ writerId: "a-writer-that-is-gone", sequence: 9, hash: "0".repeat(64) }];

  const { answer } = await service.call(verifyAgainst, { body: { expected } });

  expect(answer.data).toMatchObject({
    intact: false,
    problemCount: 1,
    problems: [{ kind: "chain_missing", writerId: "a-writer-that-is-gone" }],
  });
});

test.each([
  [{}, "/expected"],
  [{ expected: [{ writerId: "w", sequence: 0, hash: "0".repeat(64) }] }, "/expected/0/sequence"],
  [{ expected: [{ writerId: "w", sequence: 1, hash: "0" }] }, "/expected/0/hash"],
])("a checkpoint of the form %j is refused", async (body, path) => {
  await using service = await startService();
  await makeAcme(service);

  const problem = await service.refuse(verifyAgainst, { body });

  expect(problem).toMatchObject({ code: "request_invalid", errors: [{ path }] });
});

test("what is personal about a subject is taken out, and the log stays whole", async () => {
  await using service = await startService();
  await makeAcme(service);
  await askFor(service, "ada");
  await askFor(service, "ben");

  const erasure = await eraseSubject(service, { subject: "ada" });

  expect(erasure).toMatchObject({ decisions: 1, refusals: 0 });
  const { answer: list } = await service.call(decisions);
  expect(list.data).toMatchObject([
    { subject: "ben", erased: false },
    { erased: true, attributes: [] },
  ]);
  expect(JSON.stringify(list.data[1])).not.toContain('"ada"');
  const { answer: report } = await service.call(verify);
  expect(report.data).toMatchObject({ intact: true, decisions: 2, erased: 1 });
});

test("a subject is erased under its pseudonym too", async () => {
  await using service = await startService();
  await makeAcme(service);
  await askFor(service, "ada");
  const { headers } = await service.call(routes.workspaces.read);
  await service.call(routes.workspaces.replace, {
    version: headers.get("etag") ?? "",
    body: { name: "Acme", settings: { ...defaultWorkspaceSettings, hashSubjects: true } },
  });
  await askFor(service, "ada");

  const erasure = await eraseSubject(service, { subject: "ada" });

  expect(erasure.decisions).toBe(2);
  const { answer } = await service.call(decisions);
  expect(answer.data.map(({ erased }) => erased)).toEqual([true, true]);
});

test("only what the named issuer said of a subject is erased", async () => {
  await using service = await startService();
  await makeAcme(service);
  const elsewhere = "https://other.acme.com";
  await service.storage.decisionLog.append([
    decisionAt("acme", service.clock.now()),
    decisionAt("acme", service.clock.now(), { issuer: elsewhere }),
  ]);

  const erasure = await eraseSubject(service, { subject: "ada", issuer: elsewhere });

  expect(erasure.decisions).toBe(1);
  const { answer } = await service.call(decisions, { query: { subject: "ada" } });
  expect(answer.data.map(({ issuer }) => issuer)).toEqual(["https://login.acme.com"]);
});

test("a refused token is erased with its subject once its signature was proven", async () => {
  await using service = await startService();
  await makeAcme(service);
  await service.storage.decisionLog.appendRefusals([
    {
      refusalId: "019cb0f0-0000-7000-8000-000000000001",
      workspaceId: "acme",
      at: service.clock.now(),
      count: 1,
      requestId: "order-7",
      code: "token_expired",
      providerId: "acme-login",
      subject: "ada",
      resource: "orders",
      action: "approve",
    },
  ]);
  const before = await service.call(refusals);

  const erasure = await eraseSubject(service, { subject: "ada" });

  expect(before.answer.data).toMatchObject([{ subject: "ada", provider: "acme-login" }]);
  expect(erasure.refusals).toBe(1);
  const { answer } = await service.call(refusals);
  expect(answer.data[0]).not.toHaveProperty("subject");
});

test("a key that may only read the logs erases nothing", async () => {
  await using service = await startService();
  await makeAcme(service);
  await askFor(service, "ada");
  const before = await everythingIn(service);
  const key = await service.makeKey({ scopes: ["audit:read"] });

  const problem = await service.refuse(erase, { key, body: { subject: "ada" } });

  expect(problem.code).toBe("scope_missing");
  expect(await everythingIn(service)).toMatchObject({ ...Object(before), apiKeys: {} });
});
