import {
  createKeySources,
  createTokenVerifier,
  type DocumentFetcher,
  type KeySourceEvent,
  type Limits,
  type ManagedKeySources,
  type TokenVerifier,
  type TrustedIssuer,
} from "@byot/token-verifier";
import { createNodeFetcher } from "@byot/token-verifier/node";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  acmeKey,
  acmeProvider,
  adaClaims,
  createHandClock,
  type HandClock,
  outcome,
  trustIn,
} from "./support/acme.js";
import { type KeyServer, startKeyServer } from "./support/key-server.js";
import { createRsaKey, type SigningKey, signToken } from "./support/signing-key.js";

const nextKey = createRsaKey("acme-2027");
const token = tokenOf(acmeKey);
const nextToken = tokenOf(nextKey);
const acmeKeys = { keys: [acmeKey.jwk] };

let server: KeyServer;
beforeAll(async () => {
  server = await startKeyServer();
});
afterAll(() => server.close());

/** A verifier with empty key sources, a clock of its own and a count of what the server was asked. */
interface Situation {
  readonly clock: HandClock;
  readonly keys: ManagedKeySources;
  readonly verifier: TokenVerifier;
  readonly provider: TrustedIssuer;
  readonly check: (text: string, provider?: TrustedIssuer) => Promise<string>;
  readonly fetches: () => number;
}

function begin(limits: Partial<Limits> = {}): Situation {
  const clock = createHandClock();
  const fetcher = createNodeFetcher({ allowLoopbackHttp: true });
  // As close to 1 as a random number gets: the back-off is as long as it can be.
  const keys = createKeySources({ fetcher, clock, limits, random: () => 1 - Number.EPSILON });
  const verifier = createTokenVerifier({ keys, clock });
  const provider = acmeProvider({ keys: { jwksUri: `${server.origin}/keys` } });
  const before = server.requests.length;
  return {
    clock,
    keys,
    verifier,
    provider,
    check: (text, trusted = provider) => outcome(verifier.verify(trustIn(trusted), text)),
    fetches: () => server.requests.length - before,
  };
}

/** A token that outlives every test. */
function tokenOf(key: SigningKey): string {
  return signToken({ ...adaClaims, exp: adaClaims.exp + 1_000_000 }, key);
}

function discovering(issuer: string): TrustedIssuer {
  return acmeProvider({ issuer, keys: { discovery: true } });
}

function issuedBy(issuer: string): string {
  return signToken({ ...adaClaims, exp: adaClaims.exp + 1_000_000, iss: issuer }, acmeKey);
}

function serveNothingGood(): void {
  server.answer((_request, response) => response.writeHead(500).end());
}

beforeEach(() => server.serve({ "/keys": acmeKeys }));

describe("keys at an address", () => {
  test("are fetched on first use, once for everybody", async () => {
    const { check, fetches } = begin();
    expect(fetches()).toBe(0);

    const outcomes = await Promise.all(Array.from({ length: 50 }, () => check(token)));

    expect(new Set(outcomes)).toEqual(new Set(["accepted"]));
    expect(fetches()).toBe(1);
  });

  test("are kept for the soft life and then fetched again", async () => {
    const { check, clock, fetches } = begin();
    await check(token);

    clock.advance(299);
    await check(token);
    expect(fetches()).toBe(1);

    clock.advance(1);
    await check(token);
    expect(fetches()).toBe(2);
  });

  test("are replaced, so that a withdrawn key is refused after the soft life", async () => {
    const { check, clock } = begin();
    await expect(check(token)).resolves.toBe("accepted");
    server.serve({ "/keys": { keys: [nextKey.jwk] } });

    clock.advance(300);

    await expect(check(token)).resolves.toBe("token_key_unknown");
    await expect(check(nextToken)).resolves.toBe("accepted");
  });

  test("are shared by the versions of a provider", async () => {
    const { check, provider, fetches } = begin();

    await check(token);
    await check(token, { ...provider, version: 4, allowedAudiences: ["acme-api", "more"] });

    expect(fetches()).toBe(1);
  });

  test("are not shared between workspaces, though everything else is the same", async () => {
    const { keys, provider } = begin();
    const other = { ...provider, workspaceId: "globex" };
    await keys.refresh(provider);
    server.serve({ "/keys": { keys: [nextKey.jwk] } });

    expect(keys.status(other).state).toBe("empty");
    await expect(keys.refresh(other)).resolves.toMatchObject({ keys: [{ kid: "acme-2027" }] });
    expect(keys.status(provider)).toMatchObject({ keys: [{ kid: "acme-2026" }] });
  });

  test("are not shared between providers, nor between addresses", async () => {
    const { check, provider, fetches } = begin();

    await check(token);
    await check(token, { ...provider, id: "acme-other" });
    await check(token, { ...provider, keys: { jwksUri: `${server.origin}/other` } });

    expect(fetches()).toBe(3);
  });

  test("are forgotten when too many providers were used since", async () => {
    const { check, provider, fetches } = begin({ keySources: 2 });
    const first = { ...provider, id: "first" };
    const second = { ...provider, id: "second" };
    const third = { ...provider, id: "third" };

    for (const trusted of [first, second, first, third, first, second]) {
      await check(token, trusted);
    }

    expect(fetches()).toBe(4);
  });
});

describe("an unknown key", () => {
  test("is a reason to fetch, so that a new key is accepted at once", async () => {
    const { check, clock, fetches } = begin();
    await check(token);
    server.serve({ "/keys": { keys: [acmeKey.jwk, nextKey.jwk] } });
    clock.advance(10);

    await expect(check(nextToken)).resolves.toBe("accepted");
    expect(fetches()).toBe(2);
  });

  test("is a reason only every ten seconds", async () => {
    const { check, clock, fetches, provider, verifier } = begin();
    await check(token);

    clock.advance(4);
    const refusal = await verifier.verify(trustIn(provider), nextToken);
    expect(refusal).toMatchObject({
      error: { code: "token_key_unknown", retryAfterSeconds: 6 },
    });
    expect(fetches()).toBe(1);

    clock.advance(6);
    await check(nextToken);
    await check(nextToken);
    expect(fetches()).toBe(2);
  });

  test("by the thousand costs one fetch and does not disturb good tokens", async () => {
    const { check, clock, fetches } = begin();
    await check(token);
    clock.advance(10);
    const unknown = Array.from({ length: 1000 }, (_, index) =>
      signToken(adaClaims, acmeKey, { kid: `unknown-${index}` }),
    );

    const outcomes = await Promise.all([...unknown.map((text) => check(text)), check(token)]);

    expect(outcomes.filter((code) => code === "token_key_unknown")).toHaveLength(1000);
    expect(outcomes.at(-1)).toBe("accepted");
    expect(fetches()).toBe(2);
  });

  test("can not be judged while the issuer does not answer", async () => {
    const { check, clock } = begin();
    await check(token);
    serveNothingGood();
    clock.advance(10);

    await expect(check(nextToken)).resolves.toBe("jwks_unavailable");
    await expect(check(token)).resolves.toBe("accepted");
  });
});

describe("an issuer that does not answer", () => {
  test("at first makes its tokens unverifiable, and says when to try again", async () => {
    serveNothingGood();
    const { clock, fetches, provider, verifier } = begin();

    await expect(verifier.verify(trustIn(provider), token)).resolves.toEqual({
      ok: false,
      error: {
        code: "jwks_unavailable",
        detail: "the signing keys of the provider can not be fetched at the moment",
        retryAfterSeconds: 1,
        keyFailure: { code: "status_not_ok", message: "the server answered 500, not 200" },
        unverifiedIssuer: "https://login.acme.example",
        provider: { id: "acme-login", version: 3 },
      },
    });
    clock.advance(0.5);
    await expect(verifier.verify(trustIn(provider), token)).resolves.toMatchObject({
      error: { retryAfterSeconds: 1 },
    });
    expect(fetches()).toBe(1);
  });

  test("is asked again after the back-off", async () => {
    serveNothingGood();
    const { check, clock } = begin();
    await check(token);
    server.serve({ "/keys": acmeKeys });
    clock.advance(1);

    await expect(check(token)).resolves.toBe("accepted");
  });

  test("after the soft life costs no good token, and one fetch every back-off", async () => {
    const { check, clock, fetches } = begin();
    await check(token);
    serveNothingGood();

    const outcomes: string[] = [];
    for (let second = 300; second < 3600; second += 100) {
      clock.advance(second === 300 ? 300 : 100);
      outcomes.push(await check(token), await check(token));
    }

    expect(new Set(outcomes)).toEqual(new Set(["accepted"]));
    expect(fetches()).toBe(1 + outcomes.length / 2);
  });

  test("makes its tokens unverifiable when the hard life is over, until it is back", async () => {
    const { check, clock } = begin();
    await check(token);
    serveNothingGood();

    clock.advance(3600);
    await expect(check(token)).resolves.toBe("jwks_unavailable");

    server.serve({ "/keys": acmeKeys });
    clock.advance(10);
    await expect(check(token)).resolves.toBe("accepted");
  });

  test("makes its tokens unverifiable after the soft life when no hard life is wanted", async () => {
    const { check, clock } = begin({ hardLifeSeconds: 0 });
    await check(token);
    serveNothingGood();
    clock.advance(299);
    await expect(check(token)).resolves.toBe("accepted");

    clock.advance(1);

    await expect(check(token)).resolves.toBe("jwks_unavailable");
  });

  test("does not make keys young when the clock is set back", async () => {
    const { check, clock, fetches } = begin();
    await check(token);

    clock.advance(-60);
    await check(token);

    expect(fetches()).toBe(2);
  });

  test("by a broken fetcher is as good as unreachable", async () => {
    const clock = createHandClock();
    const broken: readonly DocumentFetcher[] = [
      () => Promise.reject(new Error("oops")),
      () => {
        throw new Error("oops");
      },
      () => Promise.resolve({ ok: true, value: { bytes: new Uint8Array(300_000) } }),
    ];

    const refusals = await Promise.all(
      broken.map((fetcher) =>
        createTokenVerifier({ keys: createKeySources({ fetcher, clock }), clock }).verify(
          trustIn(acmeProvider({ keys: { discovery: true } })),
          token,
        ),
      ),
    );

    expect(refusals).toMatchObject([
      { error: { code: "jwks_unavailable", keyFailure: { code: "unreachable" } } },
      { error: { code: "jwks_unavailable", keyFailure: { code: "unreachable" } } },
      { error: { code: "jwks_unavailable", keyFailure: { code: "too_large" } } },
    ]);
  });
});

describe("a good set of keys", () => {
  const privateKey = acmeKey.privateKey.export({ format: "jwk" });
  test.each([
    ["nothing", "", "not_json"],
    ["garbage", "<html>sorry</html>", "not_json"],
    ["a list", "[]", "not_json"],
    ["a repeated name", '{"keys":[],"keys":[]}', "not_json"],
    ["an object without keys", "{}", "key_set_invalid"],
    ["keys that are no list", '{"keys":{"0":{}}}', "key_set_invalid"],
    ["an empty list of keys", '{"keys":[]}', "no_usable_key"],
    ["keys that are no objects", '{"keys":[null,1,"x",[]]}', "no_usable_key"],
    [
      "a private key",
      JSON.stringify({ keys: [{ ...acmeKey.jwk, ...privateKey }] }),
      "no_usable_key",
    ],
    [
      "101 keys",
      JSON.stringify({ keys: Array.from({ length: 101 }, (_, kid) => ({ ...acmeKey.jwk, kid })) }),
      "key_set_invalid",
    ],
  ])("is not replaced by %s", async (_situation, body, failure) => {
    const { check, clock, provider, verifier } = begin();
    await check(token);
    server.answer((_request, response) => response.end(body));
    clock.advance(300);

    await expect(check(token)).resolves.toBe("accepted");
    await expect(verifier.verify(trustIn(provider), nextToken)).resolves.toMatchObject({
      error: { code: "jwks_unavailable", keyFailure: { code: failure } },
    });
  });
});

describe("discovery", () => {
  const metadataPath = "/.well-known/openid-configuration";

  test.each([
    ["", metadataPath],
    ["/", metadataPath],
    ["/tenant/v2.0", `/tenant/v2.0${metadataPath}`],
    ["/tenant/", `/tenant${metadataPath}`],
  ])("of an issuer that ends in `%s` asks for `%s`", async (ending, path) => {
    const { check } = begin();
    const issuer = `${server.origin}${ending}`;
    server.serve({ [path]: { issuer, jwks_uri: `${server.origin}/keys` }, "/keys": acmeKeys });

    await expect(check(issuedBy(issuer), discovering(issuer))).resolves.toBe("accepted");
  });

  test.each([
    ["another issuer", { issuer: "https://login.mallory.example" }],
    ["a slash more", { issuer: "$/" }],
    ["a placeholder", { issuer: "https://login.example/{tenantid}/v2.0" }],
    ["no issuer", {}],
    ["a list of issuers", { issuer: ["$"] }],
  ])("does not believe metadata with %s", async (_situation, metadata) => {
    const { provider, verifier } = begin();
    const issuer = server.origin;
    const text = JSON.stringify({ ...metadata, jwks_uri: `${issuer}/keys` });
    server.serve({
      [metadataPath]: JSON.parse(text.replace('"$', `"${issuer}`)),
      "/keys": acmeKeys,
    });

    const refusal = await verifier.verify(
      trustIn({ ...provider, issuer, keys: { discovery: true } }),
      issuedBy(issuer),
    );

    expect(refusal).toMatchObject({
      error: { code: "jwks_unavailable", keyFailure: { code: "issuer_mismatch" } },
    });
  });

  test("tells the right spelling when only the slash at the end differs", async () => {
    const { verifier } = begin();
    const issuer = server.origin;
    server.serve({ [metadataPath]: { issuer: `${issuer}/`, jwks_uri: `${issuer}/keys` } });

    const refusal = await verifier.verify(trustIn(discovering(issuer)), issuedBy(issuer));

    expect(refusal).toMatchObject({
      error: {
        keyFailure: {
          message: `the metadata is for issuer \`${issuer}/\`, which differs in the slash at the end`,
        },
      },
    });
  });

  test.each([
    ["to another machine over http", "http://10.0.0.1/keys", "url_forbidden"],
    ["to a private address", "https://192.168.0.1/keys", "url_forbidden"],
    ["to a file", "file:///etc/passwd", "url_forbidden"],
    ["nowhere", undefined, "metadata_invalid"],
  ])("does not follow metadata %s", async (_situation, address, failure) => {
    const { verifier } = begin();
    const issuer = server.origin;
    server.serve({ [metadataPath]: { issuer, jwks_uri: address } });

    const refusal = await verifier.verify(trustIn(discovering(issuer)), issuedBy(issuer));

    expect(refusal).toMatchObject({
      error: { code: "jwks_unavailable", keyFailure: { code: failure } },
    });
  });

  test("is repeated after an hour, or when the keys are not where it said", async () => {
    const { check, clock, fetches } = begin();
    const issuer = server.origin;
    const provider = discovering(issuer);
    const text = issuedBy(issuer);
    server.serve({ [metadataPath]: { issuer, jwks_uri: `${issuer}/keys` }, "/keys": acmeKeys });
    await check(text, provider);
    expect(fetches()).toBe(2);

    clock.advance(300);
    await check(text, provider);
    expect(fetches()).toBe(3);

    server.serve({ [metadataPath]: { issuer, jwks_uri: `${issuer}/new` }, "/new": acmeKeys });
    clock.advance(300);
    await check(text, provider);
    expect(fetches()).toBe(4);
    clock.advance(10);
    await check(text, provider);
    expect(fetches()).toBe(6);

    clock.advance(3600);
    await check(text, provider);
    expect(fetches()).toBe(8);
  });

  test("that tells another address than before is an event", async () => {
    const events: KeySourceEvent[] = [];
    const clock = createHandClock();
    const issuer = server.origin;
    const provider = discovering(issuer);
    const keys = createKeySources({
      fetcher: createNodeFetcher({ allowLoopbackHttp: true }),
      onEvent: (event) => events.push(event),
      clock,
    });
    const publishAt = (path: string): void =>
      server.serve({
        [metadataPath]: { issuer, jwks_uri: `${issuer}${path}` },
        [path]: acmeKeys,
      });
    publishAt("/keys");
    await keys.refresh(provider);
    await keys.refresh(provider);

    publishAt("/new");
    await expect(keys.refresh(provider)).resolves.toMatchObject({
      state: "fresh",
      jwksUri: `${issuer}/new`,
    });

    expect(events.filter(({ type }) => type === "jwks_uri_changed")).toEqual([
      {
        type: "jwks_uri_changed",
        workspaceId: "acme",
        providerId: "acme-login",
        issuer,
        from: `${issuer}/keys`,
        to: `${issuer}/new`,
      },
    ]);
  });

  test("is asked again for failing keys no more often than keys are", async () => {
    const { check, clock } = begin();
    const issuer = server.origin;
    server.serve({ [metadataPath]: { issuer, jwks_uri: `${issuer}/keys` }, "/keys": acmeKeys });
    await check(issuedBy(issuer), discovering(issuer));
    server.serve({ [metadataPath]: { issuer, jwks_uri: `${issuer}/keys` } });
    clock.advance(300);
    const before = server.requests.length;

    for (let second = 0; second < 600; second += 1) {
      await check(issuedBy(issuer), discovering(issuer));
      clock.advance(1);
    }

    const asked = server.requests.slice(before);
    expect(asked.filter((path) => path === metadataPath)).toHaveLength(2);
    expect(asked.filter((path) => path === "/keys").length).toBeLessThanOrEqual(16);
  });
});
