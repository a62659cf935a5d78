import { routes } from "@byot/api-contract";
import { createSigner } from "@byot/testkit";
import { describe, expect, test } from "vitest";
import { everythingIn } from "../support/acme.js";
import { audience, type Service, startService } from "../support/service.js";
import { type ServedDocument, serveDocuments } from "../support/served-documents.js";

const { create, test: testToken, testConnection } = routes.providers;
const metadataPath = "/.well-known/openid-configuration";
const signer = createSigner({ kid: "acme-1" });
const noon = Date.parse("2026-03-02T09:00:00.000Z") / 1000;

type Documents = (origin: string) => Readonly<Record<string, ServedDocument>>;

/** A provider in order, but for what is served otherwise. */
function serving(otherwise: Documents = () => ({})): Documents {
  return (origin) => ({
    [metadataPath]: { body: { issuer: origin, jwks_uri: `${origin}/keys` } },
    "/keys": { body: signer.jwks },
    ...otherwise(origin),
  });
}

function metadata(changes: (origin: string) => Readonly<Record<string, unknown>>): Documents {
  return serving((origin) => ({
    [metadataPath]: { body: { issuer: origin, jwks_uri: `${origin}/keys`, ...changes(origin) } },
  }));
}

interface Broken {
  readonly documents: Documents;
  /** The code that storing it is refused with. */
  readonly code: string;
  /** What the doctor calls it. */
  readonly kind: string;
  /** Part of what would change it. */
  readonly fix: string;
}

const page = {
  body: "<!doctype html><title>Sign in</title>",
  headers: { "content-type": "text/html" },
};
const symmetric = { kty: "oct", kid: "acme-1", alg: "HS256", k: "c2VjcmV0" };
const brokenProviders: Readonly<Record<string, Broken>> = {
  "names itself with a slash more": {
    documents: metadata((origin) => ({ issuer: `${origin}/` })),
    code: "provider_issuer_mismatch",
    kind: "metadata_of_other_issuer",
    fix: "set `issuer` of provider `login` to `http://127.0.0.1:",
  },
  "names another issuer": {
    documents: metadata(() => ({ issuer: "https://login.stranger.example" })),
    code: "provider_issuer_mismatch",
    kind: "metadata_of_other_issuer",
    fix: "set `issuer` of provider `login` to the one in its metadata",
  },
  "has no discovery document": {
    documents: serving(() => ({ [metadataPath]: { status: 404 } })),
    code: "provider_jwks_unreachable",
    kind: "keys_unreachable",
    fix: "correct `issuer` of provider `login`, or set its `jwksUri`",
  },
  "answers a page for people": {
    documents: serving(() => ({ [metadataPath]: page })),
    code: "provider_jwks_unreachable",
    kind: "keys_not_json",
    fix: "correct `issuer` of provider `login`",
  },
  "has lost its key set": {
    documents: serving(() => ({ "/keys": { status: 404 } })),
    code: "provider_jwks_unreachable",
    kind: "keys_unreachable",
    fix: "correct `issuer` of provider `login`, or set its `jwksUri`",
  },
  "sends its visitors elsewhere": {
    documents: serving(() => ({ "/keys": { status: 302, headers: { location: "/other" } } })),
    code: "provider_jwks_unreachable",
    kind: "keys_unreachable",
    fix: "correct `issuer` of provider `login`, or set its `jwksUri`",
  },
  "publishes no key": {
    documents: serving(() => ({ "/keys": { body: { keys: [] } } })),
    code: "provider_no_usable_key",
    kind: "no_usable_key",
    fix: "have the identity provider sign with RS256",
  },
  "signs with a shared secret": {
    documents: serving(() => ({ "/keys": { body: { keys: [symmetric] } } })),
    code: "provider_no_usable_key",
    kind: "no_usable_key",
    fix: "have the identity provider sign with RS256",
  },
  "has its keys in the private network": {
    documents: metadata(() => ({ jwks_uri: "https://169.254.169.254/latest" })),
    code: "provider_url_forbidden",
    kind: "keys_forbidden",
    fix: "`BYOT_KEY_FETCH_ALLOW`",
  },
};

async function startAcme(): Promise<Service> {
  const service = await startService({ reachesLoopback: true });
  await service.call(routes.workspaces.create, { body: { id: "acme", name: "Acme" } });
  return service;
}

function login(issuer: string): Readonly<Record<string, unknown>> {
  return { name: "Login", issuer, allowedAudiences: [audience] };
}

function tokenOf(issuer: string, claims: object = {}, header: object = {}): string {
  const good = { iss: issuer, aud: audience, sub: "ada", iat: noon - 60, exp: noon + 540 };
  return signer.sign({ ...header }, { ...good, ...claims });
}

async function diagnose(service: Service, token: string) {
  const request = { path: { key: "login" }, body: { token: service.keepSecret(token) } };
  return (await service.call(testToken, request)).answer.data;
}

describe.each(Object.entries(brokenProviders))("an identity provider that %s", (_title, broken) => {
  test("is not stored", async () => {
    await using service = await startAcme();
    await using provider = await serveDocuments(broken.documents);
    const before = await everythingIn(service);

    const problem = await service.refuse(create, { body: login(provider.origin) });

    expect(problem).toMatchObject({
      status: 422,
      code: broken.code,
      errors: [{ path: "/issuer" }],
    });
    expect(await everythingIn(service)).toEqual(before);
  });

  test("is told beside what was configured, when its connection is tested", async () => {
    await using service = await startAcme();
    await using provider = await serveDocuments(broken.documents);

    const { answer } = await service.call(testConnection, { body: login(provider.origin) });

    expect(answer.data).toMatchObject({
      ok: false,
      configured: { issuer: provider.origin },
      found: { keys: [] },
      problems: [{ path: "/issuer", code: broken.code }],
    });
  });

  test("and was stored unseen is named by the doctor as what it is", async () => {
    await using service = await startAcme();
    await using provider = await serveDocuments(broken.documents);
    const query = { skipConnectionTest: "true" };
    await service.call(create, { query, body: login(provider.origin) });

    const { failure } = await diagnose(service, tokenOf(provider.origin));

    expect(failure).toMatchObject({ step: "keys", code: "jwks_unavailable", kind: broken.kind });
    expect(failure?.fix).toContain(broken.fix);
  });
});

describe("an identity provider in order", () => {
  test("is stored, and its connection test tells its keys", async () => {
    await using service = await startAcme();
    await using provider = await serveDocuments(serving());

    const { answer } = await service.call(testConnection, { body: login(provider.origin) });
    const created = await service.call(create, { body: login(provider.origin) });

    expect(answer.data).toEqual({
      ok: true,
      configured: { issuer: provider.origin },
      found: {
        jwksUri: `${provider.origin}/keys`,
        keys: [{ kid: "acme-1", algorithms: ["RS256"] }],
        droppedKeys: [],
      },
      problems: [],
      warnings: [],
    });
    expect(created.status).toBe(201);
  });

  test.each([
    ["that is good", {}, {}, undefined],
    ["of an unknown key", {}, { kid: "acme-0" }, "key_unknown"],
    ["that is over", { exp: noon - 90 }, {}, "expired"],
    ["for another API", { aud: "api://orders" }, {}, "other_audience"],
    ["for nobody in particular", { aud: undefined }, {}, "audience_missing"],
    ["that is an ID token", { aud: "acme-web", nonce: "1" }, {}, "id_token"],
    ["signed by a shared secret", {}, { alg: "HS256" }, "algorithm_not_allowed"],
  ])("has a token %s explained", async (...[, claims, header, kind]) => {
    await using service = await startAcme();
    await using provider = await serveDocuments(serving());
    await service.call(create, { body: login(provider.origin) });

    const { failure, steps } = await diagnose(service, tokenOf(provider.origin, claims, header));

    expect(failure?.kind).toBe(kind);
    expect(steps.filter(({ status }) => status === "failed")).toHaveLength(failure ? 1 : 0);
  });

  test.each([
    ["of another tenant", "/realms/beta", "other_tenant"],
    ["whose issuer has a slash more", "/", "issuer_slash"],
  ])("has a token %s explained", async (_title, ending, kind) => {
    await using service = await startAcme();
    await using provider = await serveDocuments(serving());
    await service.call(create, { body: login(provider.origin) });

    const { failure } = await diagnose(service, tokenOf(`${provider.origin}${ending}`));

    expect(failure).toMatchObject({ step: "issuer", code: "token_issuer_unknown", kind });
    expect(failure?.fix).toContain(`\`${provider.origin}${ending}\``);
  });
});
