import { routes } from "@byot/api-contract";
import { createSigner } from "@byot/testkit";
import { expect, test } from "vitest";
import { acmeProvider, everythingIn, makeAcme } from "../support/acme.js";
import { audience, issuer, startService } from "../support/service.js";

const { create, read, replace } = routes.providers;
const offline = { query: { skipConnectionTest: "true" } };
const okta = { name: "Okta", issuer: `${issuer}/okta`, allowedAudiences: [audience] };

test.each([
  ["My Clerk Provider", "my-clerk-provider"],
  ["  Okta  (EU) ", "okta-eu"],
  ["Société Générale", "socie-te-ge-ne-rale"],
  ["1Password", "provider-1password"],
  ["日本", "provider"],
  ["__proto__", "proto"],
  ["a".repeat(100), "a".repeat(63)],
])("makes the id of `%s` from the name: `%s`", async (name, id) => {
  await using service = await startService();
  await makeAcme(service);

  const { answer } = await service.call(create, { ...offline, body: { ...okta, name } });

  expect(answer.data).toMatchObject({ id, name });
});

test("refuses a name whose id is taken, and takes another id for it", async () => {
  await using service = await startService();
  await makeAcme(service);
  await service.call(create, { ...offline, body: okta });
  const second = { ...okta, issuer: `${issuer}/second` };

  const problem = await service.refuse(create, { body: second });
  const { answer } = await service.call(create, { ...offline, body: { ...second, id: "okta-2" } });

  expect(problem.code).toBe("already_exists");
  expect(answer.data.id).toBe("okta-2");
});

test("keeps every setting as it was sent and adds the defaults", async () => {
  await using service = await startService();
  await makeAcme(service);
  const settings = {
    ...okta,
    providerType: "okta",
    enabled: false,
    issuerAliases: [`${issuer}/alias`],
    audienceClaims: ["azp", "aud"],
    authorizedParties: ["web"],
    tokenTypes: ["at+jwt"],
    jwksUri: "https://keys.acme.com/jwks.json",
    clockToleranceSeconds: 5,
    maxLifetimeSeconds: 3600,
    requireKid: true,
    claimMappings: [
      { attribute: "plan", jwtPath: "https://acme.com/plan", required: true },
      { attribute: "groups", jwtPath: "groups", default: ["none"] },
    ],
  };

  const full = await service.call(create, { ...offline, body: settings });
  const bare = await service.call(create, {
    ...offline,
    body: { ...okta, name: "Bare", issuer: `${issuer}/bare` },
  });

  expect(full.answer.data).toMatchObject(settings);
  expect(bare.answer.data).toEqual({
    id: "bare",
    name: "Bare",
    providerType: "oidc",
    enabled: true,
    issuer: `${issuer}/bare`,
    allowedAudiences: [audience],
    claimMappings: [],
    version: full.answer.data.version + 1,
    createdAt: "2026-03-02T09:00:00.000Z",
    updatedAt: "2026-03-02T09:00:00.000Z",
  });
});

const rsaKey = createSigner().publicJwk;
const smallKey = createSigner({ modulusLength: 1024 }).publicJwk;
const privateKey = { ...rsaKey, d: "c2VjcmV0LWV4cG9uZW50" };

test.each([
  ["an issuer that is no URL", { issuer: "acme" }, "provider_issuer_invalid", "/issuer"],
  ["an issuer by http", { issuer: "http://acme.com" }, "provider_issuer_invalid", "/issuer"],
  ["an issuer with a query", { issuer: `${issuer}?a` }, "provider_issuer_invalid", "/issuer"],
  ["an empty issuer", { issuer: "" }, "provider_issuer_invalid", "/issuer"],
  ["no audience", { allowedAudiences: [] }, "provider_audience_required", "/allowedAudiences"],
  [
    "an empty audience",
    { allowedAudiences: [""] },
    "provider_audience_required",
    "/allowedAudiences/0",
  ],
  [
    "keys on loopback",
    { jwksUri: "http://127.0.0.1:9/keys" },
    "provider_url_forbidden",
    "/jwksUri",
  ],
  ["keys in a file", { jwksUri: "file:///etc/passwd" }, "provider_url_forbidden", "/jwksUri"],
  [
    "keys at the cloud's metadata service",
    { jwksUri: "http://169.254.169.254/latest" },
    "provider_url_forbidden",
    "/jwksUri",
  ],
  ["keys that are too small", { jwks: { keys: [smallKey] } }, "provider_no_usable_key", "/jwks"],
  ["a private key", { jwks: { keys: [privateKey] } }, "provider_no_usable_key", "/jwks/keys/0/d"],
  [
    "a private key beside a public one",
    { jwks: { keys: [rsaKey, { ...privateKey, kid: "b" }] } },
    "provider_no_usable_key",
    "/jwks/keys/1/d",
  ],
  [
    "a shared secret",
    { jwks: { keys: [rsaKey, { kty: "oct", k: "c2VjcmV0" }] } },
    "provider_no_usable_key",
    "/jwks/keys/1/k",
  ],
])("refuses %s and stores nothing of it", async (_title, changes, ...[code, path]) => {
  await using service = await startService();
  await makeAcme(service);
  const before = await everythingIn(service);

  const problem = await service.refuse(create, { body: { ...okta, ...changes } });

  expect(problem).toMatchObject({ code, status: 422 });
  expect(problem.errors?.map((each) => each.path)).toContain(path);
  expect(await everythingIn(service)).toEqual(before);
});

test.each([
  ["both kinds of keys", { jwksUri: "https://acme.com/k", jwks: { keys: [rsaKey] } }, "/jwks"],
  ["an unknown product", { providerType: "acme" }, "/providerType"],
  ["a misspelt setting", { authorisedParties: ["web"] }, "/authorisedParties"],
  ["a name of 101 characters", { name: "a".repeat(101) }, "/name"],
  ["a name with a line break", { name: "a\nb" }, "/name"],
  [
    "a mapping to a reserved spelling",
    { claimMappings: [{ attribute: "Plan", jwtPath: "p" }] },
    "/claimMappings/0/attribute",
  ],
  [
    "a mapping without a path",
    { claimMappings: [{ attribute: "plan" }] },
    "/claimMappings/0/jwtPath",
  ],
  [
    "one attribute mapped twice",
    {
      claimMappings: [
        { attribute: "plan", jwtPath: "a" },
        { attribute: "plan", jwtPath: "b" },
      ],
    },
    "/claimMappings/1/attribute",
  ],
  ["a tolerance of ten minutes", { clockToleranceSeconds: 600 }, "/clockToleranceSeconds"],
])("refuses %s at its place", async (_title, changes, path) => {
  await using service = await startService();
  await makeAcme(service);

  const problem = await service.refuse(create, { body: { ...okta, ...changes } });

  expect(problem).toMatchObject({ code: "request_invalid", status: 400 });
  expect(problem.errors?.map((each) => each.path)).toContain(path);
});

test.each([
  ["its issuer", { issuer }],
  ["an alias that is its issuer", { issuerAliases: [issuer] }],
])("refuses a second provider with %s for the same audience", async (_title, changes) => {
  await using service = await startService();
  await makeAcme(service);

  const problem = await service.refuse(create, { body: { ...okta, ...changes } });

  expect(problem).toMatchObject({ code: "provider_issuer_duplicate", status: 409 });
  expect(problem.detail).toContain("`acme-login`");
});

test("takes a second provider of one issuer for another audience", async () => {
  await using service = await startService();
  await makeAcme(service);

  const { answer } = await service.call(create, {
    ...offline,
    body: { ...okta, issuer, allowedAudiences: ["reports-api"] },
  });

  expect(answer.data.issuer).toBe(issuer);
});

test("lets a provider keep its own issuer when it is replaced", async () => {
  await using service = await startService();
  await makeAcme(service);
  const path = { key: "acme-login" };
  const { answer } = await service.call(read, { path });
  const { id: _, ...body } = acmeProvider(service);

  await service.call(replace, {
    path,
    version: answer.data.version,
    body: { ...body, enabled: false },
  });
  const problem = await service.refuse(routes.decisions.authorize, {
    body: { token: await service.tokenOf("ada"), resource: "orders", action: "approve" },
  });

  expect(problem.code).toBe("token_issuer_unknown");
});

test("answers the algorithms and the audience claims that were given", async () => {
  await using service = await startService();
  await makeAcme(service);
  const settings = { algorithms: ["ES256", "RS256"], audienceClaims: ["aud", "azp"] };

  const { answer } = await service.call(create, { ...offline, body: { ...okta, ...settings } });
  const stored = await service.call(read, { path: { key: answer.data.id } });

  expect(stored.answer.data).toMatchObject(settings);
});
