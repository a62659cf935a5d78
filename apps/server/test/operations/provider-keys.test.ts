import { routes } from "@byot/api-contract";
import { createSigner } from "@byot/testkit";
import { expect, test } from "vitest";
import { makeAcme } from "../support/acme.js";
import { serveDocuments } from "../support/served-documents.js";
import { startService } from "../support/service.js";

const { create, keys, refreshKeys } = routes.providers;
const path = { key: "local" };
const good = { ...createSigner().publicJwk, kid: "k1" };
const small = { ...createSigner({ modulusLength: 1024 }).publicJwk, kid: "k2" };

test("says nothing was fetched before, and fetches when it is told to", async () => {
  await using idp = await serveDocuments(() => ({ "/keys": { body: { keys: [good, small] } } }));
  await using service = await startService({ reachesLoopback: true });
  await makeAcme(service);
  const jwksUri = `${idp.origin}/keys`;
  await service.call(create, {
    query: { skipConnectionTest: "true" },
    body: { id: "local", name: "Local", issuer: idp.origin, allowedAudiences: ["api"], jwksUri },
  });

  const before = await service.call(keys, { path });
  const refreshed = await service.call(refreshKeys, { path });
  const soon = await service.call(refreshKeys, { path });
  const fetches = idp.asked.length;
  service.clock.advanceSeconds(30);
  const after = await service.call(keys, { path });
  await service.call(refreshKeys, { path });

  expect(before.answer.data).toMatchObject({ state: "empty", keys: [] });
  expect(refreshed.answer.data).toMatchObject({
    state: "fresh",
    jwksUri,
    ageSeconds: 0,
    keys: [{ kid: "k1", algorithms: ["RS256"] }],
    droppedKeys: [{ kid: "k2", reason: "has an rsa modulus of 1024 bits, not 2048 to 4096" }],
  });
  expect(soon.answer.data).toEqual(refreshed.answer.data);
  expect(fetches).toBe(1);
  expect(after.answer.data).toMatchObject({ state: "fresh", ageSeconds: 30 });
  expect(idp.asked).toHaveLength(2);
});

test("says what went wrong the last time, and when it is tried again", async () => {
  await using idp = await serveDocuments(() => ({ "/keys": { status: 500 } }));
  await using service = await startService({ reachesLoopback: true });
  await makeAcme(service);
  const jwksUri = `${idp.origin}/keys`;
  await service.call(create, {
    query: { skipConnectionTest: "true" },
    body: { id: "local", name: "Local", issuer: idp.origin, allowedAudiences: ["api"], jwksUri },
  });

  const { answer } = await service.call(refreshKeys, { path });

  expect(answer.data).toMatchObject({ state: "empty", lastFailure: { code: "status_not_ok" } });
  expect(answer.data.nextAttemptAt).toMatch(/^2026-03-02T09:00:/);
});

test("reads the keys that are given with a provider", async () => {
  await using service = await startService();
  await makeAcme(service);
  const own = { key: "acme-login" };

  const { answer } = await service.call(refreshKeys, { path: own });

  expect(answer.data).toMatchObject({ state: "fresh", keys: [{ algorithms: ["RS256"] }] });
  expect(answer.data).not.toHaveProperty("jwksUri");
});

test.each([
  ["a provider", { key: "none" }, "provider_unknown"],
  ["a workspace", { workspace: "nowhere", key: "acme-login" }, "workspace_unknown"],
])("knows no keys of %s that is not there", async (_title, asked, code) => {
  await using service = await startService();
  await makeAcme(service);

  const problems = [
    await service.refuse(keys, { path: asked }),
    await service.refuse(refreshKeys, { path: asked }),
  ];

  expect(problems.map((problem) => problem.code)).toEqual([code, code]);
});
