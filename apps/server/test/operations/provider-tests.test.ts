import { routes } from "@byot/api-contract";
import { presets } from "@byot/provider-presets";
import { expect, test } from "vitest";
import { acmeProvider, everythingIn, makeAcme } from "../support/acme.js";
import { audience, issuer, startService } from "../support/service.js";
import { serveDocuments } from "../support/served-documents.js";

const { create, read, replace, test: testToken, testConnection } = routes.providers;
const unseen = { name: "Unseen", issuer: `${issuer}/unseen`, allowedAudiences: [audience] };

test("a diagnosis passes every step of a good token and leaves no trace", async () => {
  await using service = await startService();
  await makeAcme(service);
  const before = await everythingIn(service);
  const token = await service.tokenOf("ada");

  const { answer } = await service.call(testToken, {
    path: { key: "acme-login" },
    body: { token },
  });

  expect(new Set(answer.data.steps.map(({ status }) => status))).toEqual(new Set(["passed"]));
  expect(await everythingIn(service)).toEqual(before);
});

test.each([
  ["provider_unknown", { key: "nobody" }],
  ["workspace_unknown", { workspace: "beta", key: "acme-login" }],
])("a diagnosis is refused with %s where there is none to ask", async (code, path) => {
  await using service = await startService();
  await makeAcme(service);

  const problem = await service.refuse(testToken, { path, body: { token: "x" } });

  expect(problem).toMatchObject({ code, status: 404 });
});

test("a diagnosis names another provider of the same workspace", async () => {
  await using service = await startService();
  await makeAcme(service);
  const query = { skipConnectionTest: "true" };
  await service.call(create, { query, body: unseen });

  const { answer } = await service.call(testToken, {
    path: { key: "unseen" },
    body: { token: await service.tokenOf("ada") },
  });

  expect(answer.data.failure?.kind).toBe("other_provider");
  expect(answer.data.failure?.fix).toContain("provider `acme-login`");
});

test("a connection is tested only where keys may be fetched from", async () => {
  await using service = await startService();
  await makeAcme(service);
  await using provider = await serveDocuments(() => ({}));
  const body = { ...unseen, jwksUri: `${provider.origin}/keys` };

  const problem = await service.refuse(testConnection, { body });

  expect(problem).toMatchObject({ code: "provider_url_forbidden", status: 422 });
  expect(provider.asked).toEqual([]);
});

test("a connection test warns of an issuer that its product does not have", async () => {
  await using service = await startService();
  await makeAcme(service);

  const { answer } = await service.call(testConnection, {
    body: { ...unseen, providerType: "auth0", issuer: "https://acme.eu.auth0.com" },
  });

  expect(answer.data.warnings).toMatchObject([{ path: "/issuer", code: "slash_required" }]);
});

test("a provider is replaced only after its keys were fetched, unless it is disabled or that is skipped", async () => {
  await using service = await startService();
  await makeAcme(service);
  const path = { key: "acme-login" };
  const { id: _id, jwks: _jwks, ...body } = acmeProvider(service);
  const { answer } = await service.call(read, { path });
  const { version } = answer.data;

  const enabled = await service.refuse(replace, {
    path,
    version,
    body: { ...body, enabled: true },
  });
  const disabled = await service.call(replace, {
    path,
    version,
    body: { ...body, enabled: false },
  });
  const skipped = await service.call(replace, {
    path,
    query: { skipConnectionTest: "true" },
    version: disabled.answer.data.version,
    body: { ...body, enabled: true },
  });

  expect(enabled).toMatchObject({ code: "provider_jwks_unreachable", status: 422 });
  expect([disabled.status, skipped.status]).toEqual([200, 200]);
});

test("nothing is fetched for a provider that cannot be stored anyway", async () => {
  await using service = await startService({ reachesLoopback: true });
  await makeAcme(service);
  await using provider = await serveDocuments(() => ({}));
  const body = { ...unseen, issuer: provider.origin };

  const codes = [
    await service.refuse(create, { path: { workspace: "beta" }, body }),
    await service.refuse(create, { body: { ...body, id: "acme-login" } }),
    await service.refuse(create, { body: { ...body, allowedAudiences: [] } }),
    await service.refuse(create, { body: { ...body, issuerAliases: [issuer] } }),
    await service.refuse(replace, {
      path: { key: "acme-login" },
      version: 99,
      body: { ...body, enabled: true },
    }),
  ].map(({ code }) => code);

  expect(codes).toEqual([
    "workspace_unknown",
    "already_exists",
    "provider_audience_required",
    "provider_issuer_duplicate",
    "version_stale",
  ]);
  expect(provider.asked).toEqual([]);
});

test.each(["", "yes", "1", "TRUE"])(
  "`skipConnectionTest=%s` is refused: nothing is skipped by a slip",
  async (skipConnectionTest) => {
    await using service = await startService();
    await makeAcme(service);

    const problem = await service.refuse(create, { query: { skipConnectionTest }, body: unseen });

    expect(problem).toMatchObject({ status: 400, errors: [{ path: "/skipConnectionTest" }] });
  },
);

test("the presets are those there are, with their texts and samples", async () => {
  await using service = await startService();

  const { answer } = await service.call(routes.presets.list);

  expect(answer.data.map(({ providerType }) => providerType)).toEqual(
    presets.map(({ providerType }) => providerType),
  );
  for (const { directions, samples } of answer.data) {
    expect([directions.length > 0, samples.length > 0]).toEqual([true, true]);
  }
});
