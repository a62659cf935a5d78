import {
  createKeySources,
  createTokenVerifier,
  createWorkspaceTrust,
  type RememberedToken,
  type TrustedIssuer,
} from "@byot/token-verifier";
import { createVerifiedTokenCache, nodeSignatures } from "@byot/token-verifier/node";
import { describe, expect, test } from "vitest";
import {
  acmeKey,
  acmeProvider,
  adaClaims,
  noNetwork,
  noon,
  noonSeconds,
  outcome,
  trustIn,
} from "./support/acme.js";
import { remoteProvider, setRememberingStage } from "./support/remembering.js";
import { base64url, createRsaKey, signToken } from "./support/signing-key.js";

const token = signToken(adaClaims, acmeKey);
const longToken = signToken({ ...adaClaims, exp: noonSeconds + 100_000 }, acmeKey);
const [header = "", payload = "", signature = ""] = token.split(".");
const nextKey = createRsaKey("acme-2027");

function tokenOf(claims: object): string {
  return signToken({ ...adaClaims, ...claims }, acmeKey);
}

describe("a token that was accepted", () => {
  test("is answered from memory, without being decoded or proven again", async () => {
    const { check, isRemembered } = setRememberingStage();

    await expect(check(token)).resolves.toBe("accepted");

    await expect(isRemembered(token)).resolves.toBe(true);
  });

  test("is the same frozen value every time", async () => {
    const keys = createKeySources({ fetcher: noNetwork, clock: () => noon });
    const cache = createVerifiedTokenCache();
    const verifier = createTokenVerifier({ keys, clock: () => noon, cache });
    const nested = tokenOf({ roles: ["manager", { of: "orders" }] });

    const first = await verifier.verify(trustIn(acmeProvider()), nested);
    const second = await verifier.verify(trustIn(acmeProvider()), nested);

    const value = second.ok ? second.value : undefined;
    const roles = value?.claims["roles"];
    const parts = [value, value?.audience, value?.provider, value?.key, value?.claims, roles];
    expect(first).toEqual(second);
    expect(first.ok && first.value).toBe(value);
    expect(parts.every((part) => part !== undefined && Object.isFrozen(part))).toBe(true);
  });

  test("of more than 128 values is accepted and not remembered: objects are larger than their text", async () => {
    const { check, isRemembered } = setRememberingStage();
    const large = tokenOf({ roles: Array.from({ length: 130 }, () => ({})) });

    await expect(check(large)).resolves.toBe("accepted");

    await expect(isRemembered(large)).resolves.toBe(false);
  });

  test("is not remembered by a verifier without a cache", async () => {
    const { work, check } = setRememberingStage();
    const plain = createTokenVerifier({
      keys: createKeySources({ fetcher: noNetwork, clock: () => noon }),
      clock: () => noon,
      signatures: {
        decode: (part) => Buffer.from(part, "base64url"),
        verify: () => {
          work.proven += 1;
          return true;
        },
      },
    });
    await check(token);
    work.proven = 0;

    await plain.verify(trustIn(acmeProvider()), token);
    await plain.verify(trustIn(acmeProvider()), token);

    expect(work.proven).toBe(2);
  });
});

describe("the memory is asked", () => {
  test("after the shape of a token is checked, and never for another shape", async () => {
    const names: string[] = [];
    const cache = createVerifiedTokenCache();
    const verifier = createTokenVerifier({
      keys: createKeySources({ fetcher: noNetwork, clock: () => noon }),
      clock: () => noon,
      cache: {
        ...cache,
        keyOf: (...parts) => {
          names.push(parts[1]);
          return cache.keyOf(...parts);
        },
      },
    });
    const misshapen = [undefined, 7, "", "a.b", `${token}=`, ` ${token}`, ".".repeat(100_000)];

    await Promise.all(
      [...misshapen, token].map((text) => verifier.verify(trustIn(acmeProvider()), text)),
    );

    expect(names).toEqual([token]);
  });

  test("before anything in a token is read", async () => {
    const { isRemembered, work, check } = setRememberingStage();
    await check(token);
    work.decoded = 0;

    await isRemembered(token);

    expect(work.decoded).toBe(0);
  });
});

describe("the name of a token in memory", () => {
  const cache = createVerifiedTokenCache();

  test("is a SHA-256 of 32 bytes, not the token", () => {
    const name = cache.keyOf("acme", token);

    expect(Buffer.from(name, "latin1")).toHaveLength(32);
    expect([header, payload, signature].some((part) => name.includes(part))).toBe(false);
  });

  test("covers workspace, header, payload and signature", () => {
    const names = [
      cache.keyOf("acme", token),
      cache.keyOf("globex", token),
      cache.keyOf("acme", `${base64url('{"alg":"RS256"}')}.${payload}.${signature}`),
      cache.keyOf("acme", `${header}.${base64url("{}")}.${signature}`),
      cache.keyOf("acme", `${header}.${payload}.${signature.slice(0, -4)}AAAA`),
    ];

    expect(new Set(names).size).toBe(names.length);
  });

  test("keeps apart where the workspace ends and the token begins", () => {
    const pairs = [
      ["acme", "a.b.c"],
      ["acm", "ea.b.c"],
      ["acme5:a", ".b.c"],
      ["4:acme", "a.b.c"],
      ["", "acmea.b.c"],
    ] as const;

    expect(new Set(pairs.map(([workspace, text]) => cache.keyOf(workspace, text))).size).toBe(
      pairs.length,
    );
  });

  test("does not let a workspace answer for another, even under one name", async () => {
    const cacheOfOneName = { ...createVerifiedTokenCache(), keyOf: () => "collision" };
    const proven: string[] = [];
    const verifier = createTokenVerifier({
      keys: createKeySources({ fetcher: noNetwork, clock: () => noon }),
      clock: () => noon,
      cache: cacheOfOneName,
      signatures: {
        ...nodeSignatures(),
        verify: ({ compact }) => {
          proven.push(compact);
          return true;
        },
      },
    });
    const twin = createWorkspaceTrust("globex", 1, [acmeProvider({ workspaceId: "globex" })]);
    await verifier.verify(trustIn(acmeProvider()), token);
    // The keys of the twin are at hand, so that nothing but the workspace is different.
    await verifier.verify(twin, longToken);
    await verifier.verify(trustIn(acmeProvider()), token);
    proven.length = 0;

    await verifier.verify(twin, token);

    expect(proven).toEqual([token]);
  });
});

describe("under a signature already seen", () => {
  test.each([
    ["another payload", `${header}.${base64url('{"sub":"eve"}')}.${signature}`],
    ["another subject", [header, withSubject("eve"), signature].join(".")],
    ["another header", `${base64url('{"alg":"RS256","kid":"acme-2026"}')}.${payload}.${signature}`],
    ["the header of another token", `${base64url('{"alg":"none"}')}.${payload}.${signature}`],
  ])("%s is refused", async (_situation, forged) => {
    const { check } = setRememberingStage();
    await expect(check(token)).resolves.toBe("accepted");

    await expect(check(forged)).resolves.not.toBe("accepted");
  });

  test("every altered character is refused", async () => {
    const { check } = setRememberingStage();
    await check(token);
    const altered = Array.from(token, (character, index) => {
      const other = character === "A" ? "B" : "A";
      return `${token.slice(0, index)}${other}${token.slice(index + 1)}`;
    });

    const outcomes = await Promise.all(altered.map((text) => check(text)));

    expect(outcomes.filter((code) => code === "accepted")).toEqual([]);
  });
});

test("a refusal is never remembered", async () => {
  const { check, kept, clock } = setRememberingStage();
  const early = tokenOf({ nbf: noonSeconds + 40 });

  await expect(check(early)).resolves.toBe("token_not_active");
  await expect(check(tokenOf({ aud: "other" }))).resolves.toBe("token_audience_mismatch");
  await expect(check(signToken(adaClaims, { ...nextKey, kid: "acme-2026" }))).resolves.toBe(
    "token_signature_invalid",
  );
  expect(kept.size).toBe(0);

  clock.advance(10);
  await expect(check(early)).resolves.toBe("accepted");
});

describe("a hit is held against the provider:", () => {
  const before = remoteProvider({ id: "before", version: 1 });
  const provider = remoteProvider();
  const after = remoteProvider({ id: "after", version: 1, allowedAudiences: ["other-api"] });

  test.each<[string, string, readonly TrustedIssuer[]]>([
    ["disabled", "token_issuer_unknown", [{ ...provider, enabled: false }]],
    ["removed", "token_issuer_unknown", [remoteProvider({ id: "x", issuer: "https://x.example" })]],
    [
      "with another audience",
      "token_audience_mismatch",
      [{ ...provider, version: 4, allowedAudiences: ["other-api"] }],
    ],
    [
      "with other token types",
      "token_type_not_allowed",
      [{ ...provider, version: 4, tokenTypes: ["at+jwt"] }],
    ],
    [
      "with authorized parties",
      "token_claim_missing",
      [{ ...provider, version: 4, authorizedParties: ["web-app"] }],
    ],
    [
      "with other algorithms",
      "token_alg_not_allowed",
      [{ ...provider, version: 4, algorithms: ["RS512"] }],
    ],
  ])("%s", async (_situation, expected, providers) => {
    const { check } = setRememberingStage();
    await expect(check(token, provider)).resolves.toBe("accepted");

    await expect(check(token, ...providers)).resolves.toBe(expected);
  });

  test.each<[string, readonly TrustedIssuer[]]>([
    ["at another version", [{ ...provider, version: 4 }]],
    ["behind one that was added and may be preferred", [before, provider]],
    ["before one that was added", [provider, after]],
    ["beside one of another version", [provider, { ...after, version: 2 }]],
    ["in another order", [after, provider]],
    ["beside one that is gone", [provider]],
  ])("%s it is verified anew", async (situation, providers) => {
    const { check, isRemembered } = setRememberingStage();
    const hadNeighbour = /beside|order/.test(situation);
    await check(token, provider, ...(hadNeighbour ? [after] : []));

    await expect(isRemembered(token, ...providers)).resolves.toBe(false);
    await expect(isRemembered(token, ...providers)).resolves.toBe(true);
  });

  test("a provider that was added and is preferred gives the answer", async () => {
    const keys = createKeySources({ fetcher: noNetwork, clock: () => noon });
    const cache = createVerifiedTokenCache();
    const verifier = createTokenVerifier({ keys, clock: () => noon, cache });
    await verifier.verify(trustIn(acmeProvider()), token);
    const preferred = acmeProvider({ id: "preferred" });

    const verified = await verifier.verify(trustIn(preferred, acmeProvider()), token);

    expect(verified).toMatchObject({ ok: true, value: { provider: { id: "preferred" } } });
  });

  test("recreated at the same version with another audience", async () => {
    const { check } = setRememberingStage();
    await check(token, provider);

    await expect(check(token, { ...provider, allowedAudiences: ["other-api"] })).resolves.toBe(
      "token_audience_mismatch",
    );
  });

  test("recreated at the same version with other token types or without the alias", async () => {
    const { check } = setRememberingStage();
    const aliased = { ...provider, issuerAliases: ["acme"] };
    const shortToken = tokenOf({ iss: "acme" });
    await check(token, provider);
    await check(shortToken, aliased);

    await expect(check(token, { ...provider, tokenTypes: ["at+jwt"] })).resolves.toBe(
      "token_type_not_allowed",
    );
    await expect(check(shortToken, provider)).resolves.toBe("token_issuer_unknown");
  });

  test("offered by a trust that should not offer it", async () => {
    const keys = createKeySources({ fetcher: noNetwork, clock: () => noon });
    const cache = createVerifiedTokenCache();
    const verifier = createTokenVerifier({ keys, clock: () => noon, cache });
    await verifier.verify(trustIn(acmeProvider()), token);
    const strangers = [acmeProvider({ enabled: false }), acmeProvider({ workspaceId: "globex" })];

    const outcomes = await Promise.all(
      strangers.map((stranger) =>
        outcome(
          verifier.verify(
            { workspaceId: "acme", revision: 8, candidates: () => [stranger] },
            token,
          ),
        ),
      ),
    );

    expect(outcomes).toEqual(["token_issuer_unknown", "token_issuer_unknown"]);
  });
});

describe("a hit is held against the clock:", () => {
  test("past `exp` it is refused, whatever the life of the memory", async () => {
    const { check, clock } = setRememberingStage();
    const brief = tokenOf({ exp: noonSeconds + 20 });
    await check(brief);

    clock.advance(20 + 29);
    await expect(check(brief)).resolves.toBe("accepted");
    clock.advance(1);
    await expect(check(brief)).resolves.toBe("token_expired");
  });

  test("past `exp` nothing is answered from memory, not even within the tolerance", async () => {
    const { check, isRemembered, clock } = setRememberingStage();
    const brief = tokenOf({ exp: noonSeconds + 20 });
    await check(brief);

    clock.advance(19);
    await expect(isRemembered(brief)).resolves.toBe(true);
    clock.advance(1);
    await expect(isRemembered(brief)).resolves.toBe(false);
  });

  test.each([
    ["nbf", "token_not_active"],
    ["iat", "token_issued_in_future"],
  ])("before `%s` it is refused, the clock having been set back", async (claim, expected) => {
    const { check, clock } = setRememberingStage();
    const timed = tokenOf({ [claim]: noonSeconds });
    await check(timed);

    clock.advance(-31);

    await expect(check(timed)).resolves.toBe(expected);
  });

  test.each([-86_400, -3600, -1, 60, 3600])(
    "set by %i s it makes the memory old, and the memory recovers",
    async (seconds) => {
      const { check, isRemembered, clock } = setRememberingStage();
      const timeless = tokenOf({ exp: noonSeconds + 100_000, iat: undefined });
      await check(timeless);

      clock.advance(seconds);

      await expect(isRemembered(timeless)).resolves.toBe(false);
      await expect(isRemembered(timeless)).resolves.toBe(true);
    },
  );

  test("when it is broken, nothing is answered from memory", async () => {
    let now = noon;
    const clock = (): Date => now;
    const keys = createKeySources({ fetcher: noNetwork, clock: () => noon });
    const verifier = createTokenVerifier({ keys, clock, cache: createVerifiedTokenCache() });
    await verifier.verify(trustIn(acmeProvider()), token);

    now = new Date(Number.NaN);

    await expect(outcome(verifier.verify(trustIn(acmeProvider()), token))).resolves.toBe(
      "token_expired",
    );
  });
});

describe("a hit is held against the key:", () => {
  test("withdrawn, it refuses the token at the end of the soft life", async () => {
    const { check, endpoint, clock, landed } = setRememberingStage();
    await check(longToken);
    endpoint.publish([nextKey]);
    clock.advance(299);
    await expect(check(longToken)).resolves.toBe("accepted");
    await landed();

    await expect(check(longToken)).resolves.toBe("token_key_unknown");
  });

  test("withdrawn while nobody asked, it refuses the token although the answer is young", async () => {
    const { check, isRemembered, endpoint, clock } = setRememberingStage(
      {},
      { softLifeSeconds: 30 },
    );
    await check(longToken);
    endpoint.publish([nextKey], { maxAgeSeconds: 30 });

    clock.advance(59);

    await expect(isRemembered(longToken)).resolves.toBe(false);
    await expect(check(longToken)).resolves.toBe("token_key_unknown");
  });

  test("replaced by another one of the same name, it refuses the token", async () => {
    const { check, endpoint, clock, landed } = setRememberingStage();
    await check(longToken);
    const impostor = createRsaKey("acme-2026");
    endpoint.publish([impostor]);
    clock.advance(250);
    await check(longToken);
    await landed();

    await expect(check(longToken)).resolves.toBe("token_signature_invalid");
  });

  test("under another name, it refuses the token", async () => {
    const { check, endpoint, clock, landed } = setRememberingStage();
    await check(longToken);
    endpoint.publish([{ ...acmeKey, kid: "renamed", jwk: { ...acmeKey.jwk, kid: "renamed" } }]);
    clock.advance(250);
    await check(longToken);
    await landed();

    await expect(check(longToken)).resolves.toBe("token_key_unknown");
  });

  test("stale while its issuer is down, it goes on serving from memory", async () => {
    const { check, isRemembered, endpoint, clock } = setRememberingStage();
    await check(longToken);
    endpoint.fail();
    clock.advance(301);
    await expect(check(longToken)).resolves.toBe("accepted");

    await expect(isRemembered(longToken)).resolves.toBe(true);
  });

  test("in a source that is expired, it proves nothing", async () => {
    const { check, isRemembered, endpoint, clock } = setRememberingStage(
      {},
      {
        softLifeSeconds: 20,
        shortestSoftLifeSeconds: 20,
        hardLifeSeconds: 40,
      },
    );
    await check(longToken);
    endpoint.fail();
    clock.advance(30);
    await expect(check(longToken)).resolves.toBe("accepted");
    await expect(isRemembered(longToken)).resolves.toBe(true);

    clock.advance(10);

    await expect(check(longToken)).resolves.toBe("jwks_unavailable");
  });

  test("in use, it is fetched again ahead of time though every answer comes from memory", async () => {
    const { check, isRemembered, endpoint, clock } = setRememberingStage();
    await check(longToken);
    clock.advance(239);
    await check(longToken);
    expect(endpoint.requests).toHaveLength(1);

    clock.advance(1);

    await expect(isRemembered(longToken)).resolves.toBe(true);
    expect(endpoint.requests).toHaveLength(2);
  });
});

describe("a revoked token", () => {
  test("is not answered from memory", async () => {
    const revoked = new Set<string>();
    const { check, isRemembered } = setRememberingStage({
      isRevoked: ({ tokenId = "" }) => revoked.has(tokenId),
    });
    const named = tokenOf({ jti: "token-1" });
    await check(named);
    await expect(isRemembered(named)).resolves.toBe(true);

    revoked.add("token-1");

    await expect(isRemembered(named)).resolves.toBe(false);
  });
});

describe("the life of an answer", () => {
  test("is a minute when nothing else is said", async () => {
    const { check, isRemembered, clock } = setRememberingStage();
    await check(token);

    clock.advance(59);
    await expect(isRemembered(token)).resolves.toBe(true);
    clock.advance(1);
    await expect(isRemembered(token)).resolves.toBe(false);
  });

  test("is not made longer by hits", async () => {
    const { check, isRemembered, clock } = setRememberingStage({ lifeSeconds: 10 });
    await check(token);

    const hits: boolean[] = [];
    for (let second = 1; second <= 10; second += 1) {
      clock.advance(1);
      hits.push(await isRemembered(token));
    }

    expect(hits).toEqual([...Array.from({ length: 9 }, () => true), false]);
  });

  test.each([
    { lifeSeconds: 0 },
    { lifeSeconds: 61 },
    { lifeSeconds: 1.5 },
    { lifeSeconds: Number.NaN },
    { maximumTokens: 10_001 },
    { maximumTokensPerWorkspace: 1001 },
    { maximumTokensPerWorkspace: 0 },
  ])("and its company have bounds: %o is refused", (options) => {
    expect(() => createVerifiedTokenCache(options)).toThrow(TypeError);
  });
});

describe("the size of the memory", () => {
  test("is 1,000 answers a workspace: the oldest of its own goes first", () => {
    const cache = createVerifiedTokenCache();
    cache.keep("globex-0", remembered("globex"));

    for (let index = 0; index <= 1000; index += 1) {
      cache.keep(`acme-${index}`, remembered("acme"));
    }

    expect(cache.find("acme-0", noonSeconds)).toBeUndefined();
    expect(cache.find("acme-1", noonSeconds)).toBeDefined();
    expect(cache.find("acme-1000", noonSeconds)).toBeDefined();
    expect(cache.find("globex-0", noonSeconds)).toBeDefined();
  });

  test("is 10,000 answers in all: the oldest of all goes first", () => {
    const cache = createVerifiedTokenCache();

    for (let index = 0; index <= 10_000; index += 1) {
      cache.keep(`token-${index}`, remembered(`workspace-${index % 11}`));
    }

    expect(cache.find("token-0", noonSeconds)).toBeUndefined();
    expect(cache.find("token-1", noonSeconds)).toBeDefined();
    expect(cache.find("token-10000", noonSeconds)).toBeDefined();
  });

  test("counts a token that is kept twice once", () => {
    const cache = createVerifiedTokenCache({ maximumTokens: 2, maximumTokensPerWorkspace: 2 });

    cache.keep("one", remembered("acme"));
    cache.keep("two", remembered("acme"));
    cache.keep("two", remembered("acme", 1));

    expect(cache.find("one", noonSeconds + 1)).toBeDefined();
    expect(cache.find("two", noonSeconds + 1)).toBeDefined();
  });

  test("has room again after something was forgotten or is over", () => {
    const cache = createVerifiedTokenCache({ maximumTokens: 2, lifeSeconds: 10 });
    cache.keep("one", remembered("acme"));
    cache.keep("two", remembered("globex", 5));
    cache.forget("one");
    cache.keep("three", remembered("acme", 5));
    expect(cache.find("two", noonSeconds + 5)).toBeDefined();

    cache.keep("four", remembered("acme", 15));

    expect(cache.find("two", noonSeconds + 5)).toBeUndefined();
    expect(cache.find("four", noonSeconds + 15)).toBeDefined();
  });
});

function withSubject(sub: string): string {
  return base64url(JSON.stringify({ ...adaClaims, sub }));
}

/** Something to remember, whose claims were checked that many seconds after noon. */
function remembered(workspaceId: string, seconds = 0): RememberedToken {
  return {
    workspaceId,
    checkedAt: noonSeconds + seconds,
    issuer: "https://login.acme.example",
    header: { alg: "RS256", typ: "" },
    candidates: [],
    token: {
      issuer: "https://login.acme.example",
      subject: "ada",
      audience: [],
      provider: { id: "acme-login", version: 1 },
      key: { thumbprint: "x" },
      expiresAt: noonSeconds + 600,
      claims: {},
    },
  };
}
