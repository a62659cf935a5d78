import { webcrypto } from "node:crypto";
import { createKeySources, createTokenVerifier, type KeySources } from "@byot/token-verifier";
import { calculateJwkThumbprint } from "jose";
import { describe, expect, test } from "vitest";
import {
  acmeKey,
  acmeProvider,
  adaClaims,
  createVerifier,
  noNetwork,
  noon,
  noonSeconds,
  outcome,
  trustIn,
  verifyClaims,
  verifyToken,
} from "./support/acme.js";
import {
  createEcKey,
  createEd25519Key,
  createRsaKey,
  signText,
  signToken,
} from "./support/signing-key.js";

const adaToken = signToken(adaClaims, acmeKey);

describe("an accepted token", () => {
  test("tells who it speaks for, for whom it is meant and which key proved it", async () => {
    const claims = { ...adaClaims, jti: "token-1", aud: ["acme-api", "other-api"] };

    const verified = await verifyToken(signToken(claims, acmeKey));

    expect(verified).toEqual({
      ok: true,
      value: {
        issuer: "https://login.acme.example",
        subject: "ada",
        audience: ["acme-api", "other-api"],
        provider: { id: "acme-login", version: 3 },
        key: { kid: "acme-2026", thumbprint: await calculateJwkThumbprint(acmeKey.jwk) },
        expiresAt: noonSeconds + 600,
        issuedAt: noonSeconds,
        tokenId: "token-1",
        claims,
      },
    });
  });

  test("is frozen all the way down", async () => {
    const verified = await verifyClaims({ roles: ["manager", { of: "orders" }] });

    const value = verified.ok ? verified.value : undefined;
    const roles = value?.claims["roles"];

    expect([value, value?.audience, value?.provider, value?.key, value?.claims, roles]).toSatisfy(
      (parts: readonly unknown[]) => parts.every((part) => Object.isFrozen(part)),
    );
  });

  test("has claims without a prototype, in which `__proto__` is a name like any other", async () => {
    const payload = `{"__proto__":{"admin":true},${JSON.stringify(adaClaims).slice(1)}`;
    const token = signToken(JSON.parse(payload), acmeKey);

    const verified = await verifyToken(token);

    const claims = verified.ok ? verified.value.claims : {};
    expect(Object.getPrototypeOf(claims)).toBeNull();
    expect(claims["admin"]).toBeUndefined();
    expect(claims["constructor"]).toBeUndefined();
    expect(Object.hasOwn(claims, "__proto__")).toBe(true);
  });

  test("names the canonical issuer when it came with an alias", async () => {
    const verified = await verifyClaims(
      { iss: "accounts.acme.example" },
      { issuerAliases: ["accounts.acme.example"] },
    );

    expect(verified).toMatchObject({ ok: true, value: { issuer: "https://login.acme.example" } });
  });
});

describe("the header", () => {
  test.each([
    ["without `typ`", "accepted", undefined],
    ["of type `jwt`", "accepted", "jwt"],
    ["of type `application/at+jwt`", "accepted", "application/at+jwt"],
    ["of type `logout+jwt`", "token_type_not_allowed", "logout+jwt"],
    ["of type `dpop+jwt`", "token_type_not_allowed", "dpop+jwt"],
    ["with an empty type", "token_type_not_allowed", ""],
    ["with a type that is no text", "token_type_not_allowed", 7],
  ])("of a token %s is judged by its type", async (_situation, expected, typ) => {
    const token = signToken(adaClaims, acmeKey, { typ });

    await expect(outcome(verifyToken(token))).resolves.toBe(expected);
  });

  test("must have a type that the provider lists", async () => {
    const token = signToken(adaClaims, acmeKey, { typ: "JWT" });

    const verification = verifyToken(token, { tokenTypes: ["at+jwt"] });

    await expect(outcome(verification)).resolves.toBe("token_type_not_allowed");
  });

  test.each([
    ["RS384", createRsaKey("other", { alg: "RS384" })],
    ["PS256", createRsaKey("other", { alg: "PS256" })],
    ["ES256", createEcKey("other", "P-256", "ES256")],
    ["ES384", createEcKey("other", "P-384", "ES384")],
    ["ES512", createEcKey("other", "P-521", "ES512")],
    ["Ed25519", createEd25519Key("other")],
  ] as const)("may name %s only when the provider lists it", async (alg, key) => {
    const token = signToken(adaClaims, key);
    const keys = { inline: { keys: [key.jwk] } };

    await expect(outcome(verifyToken(token, { keys, algorithms: [alg] }))).resolves.toBe(
      "accepted",
    );
    await expect(outcome(verifyToken(token, { keys }))).resolves.toBe("token_alg_not_allowed");
  });

  test.each([
    ["EdDSA", "Ed25519"],
    ["Ed25519", "EdDSA"],
  ] as const)("may say %s when the provider lists %s", async (alg, listed) => {
    const key = createEd25519Key("ed");
    const token = signToken(adaClaims, key, { alg });

    const verification = verifyToken(token, {
      keys: { inline: { keys: [key.jwk] } },
      algorithms: [listed],
    });

    await expect(outcome(verification)).resolves.toBe("accepted");
  });

  test("names the key among several", async () => {
    const next = createRsaKey("acme-2027");
    const keys = { inline: { keys: [acmeKey.jwk, next.jwk] } };

    const verified = await verifyToken(signToken(adaClaims, next), { keys });

    expect(verified).toMatchObject({ ok: true, value: { key: { kid: "acme-2027" } } });
  });

  test("may leave out the key when there is only one", async () => {
    const token = signToken(adaClaims, acmeKey, { kid: undefined });
    const second = createRsaKey("acme-2027");

    await expect(outcome(verifyToken(token))).resolves.toBe("accepted");
    await expect(outcome(verifyToken(token, { requireKid: true }))).resolves.toBe(
      "token_key_unknown",
    );
    await expect(
      outcome(verifyToken(token, { keys: { inline: { keys: [acmeKey.jwk, second.jwk] } } })),
    ).resolves.toBe("token_key_unknown");
  });
});

describe("the audience", () => {
  test.each([
    ["one of several", "accepted", { aud: ["other", "acme-api"] }],
    ["another one", "token_audience_mismatch", { aud: "other-api" }],
    ["a longer name", "token_audience_mismatch", { aud: "acme-api2" }],
    ["an empty list", "token_audience_mismatch", { aud: [] }],
    ["missing", "token_audience_mismatch", { aud: undefined }],
    ["an object", "token_audience_mismatch", { aud: { "acme-api": true } }],
    ["null", "token_audience_mismatch", { aud: null }],
    ["a list that is not all strings", "token_audience_mismatch", { aud: ["acme-api", 1] }],
    ["a list of 64", "accepted", { aud: Array.from({ length: 64 }, () => "acme-api") }],
    ["a list of 65", "token_claim_invalid", { aud: Array.from({ length: 65 }, () => "acme-api") }],
  ])("%s: %s", async (_situation, expected, claims) => {
    await expect(outcome(verifyClaims(claims))).resolves.toBe(expected);
  });

  test("is taken from the first listed claim that the token has", async () => {
    const changes = { audienceClaims: ["aud", "client_id"] } as const;

    const withClient = verifyClaims({ aud: undefined, client_id: "acme-api" }, changes);
    const withBoth = verifyClaims({ aud: "other-api", client_id: "acme-api" }, changes);

    await expect(withClient).resolves.toMatchObject({ value: { audience: ["acme-api"] } });
    await expect(outcome(withBoth)).resolves.toBe("token_audience_mismatch");
  });

  test("may not be a list in `azp` or `client_id`", async () => {
    const verification = verifyClaims(
      { aud: undefined, azp: ["acme-api"] },
      { audienceClaims: ["azp"] },
    );

    await expect(outcome(verification)).resolves.toBe("token_audience_mismatch");
  });

  test("has to be well formed in `aud` even when another claim decides", async () => {
    const verification = verifyClaims(
      { aud: { any: "thing" }, azp: "acme-api" },
      { audienceClaims: ["azp"] },
    );

    await expect(outcome(verification)).resolves.toBe("token_claim_invalid");
  });

  test("selects between two providers with one issuer", async () => {
    const trust = trustIn(
      acmeProvider({ id: "web", allowedAudiences: ["web-app"] }),
      acmeProvider({ id: "api" }),
    );

    const verified = await createVerifier().verify(trust, adaToken);

    expect(verified).toMatchObject({ ok: true, value: { provider: { id: "api" } } });
  });
});

describe("the times", () => {
  test.each([
    ["`exp` just within the tolerance", "accepted", { exp: noonSeconds - 29 }],
    ["`exp` at the end of the tolerance", "token_expired", { exp: noonSeconds - 30 }],
    ["`exp` missing", "token_claim_missing", { exp: undefined }],
    ["`exp` as text", "token_claim_invalid", { exp: String(noonSeconds + 600) }],
    ["`exp` null", "token_claim_invalid", { exp: null }],
    ["`exp` negative", "token_claim_invalid", { exp: -1 }],
    ["`exp` after the year 9999", "token_claim_invalid", { exp: 253_402_300_800 }],
    ["`exp` in milliseconds", "token_claim_invalid", { exp: noon.getTime() }],
    ["`exp` with a fraction", "accepted", { exp: noonSeconds + 0.5 }],
    ["`nbf` at the end of the tolerance", "accepted", { nbf: noonSeconds + 30 }],
    ["`nbf` past the tolerance", "token_not_active", { nbf: noonSeconds + 31 }],
    ["`nbf` as text", "token_claim_invalid", { nbf: "0" }],
    ["`iat` at the end of the tolerance", "accepted", { iat: noonSeconds + 30 }],
    ["`iat` past the tolerance", "token_issued_in_future", { iat: noonSeconds + 31 }],
    ["`iat` as list", "token_claim_invalid", { iat: [noonSeconds] }],
    ["`iat` missing", "accepted", { iat: undefined }],
  ])("%s: %s", async (_situation, expected, claims) => {
    await expect(outcome(verifyClaims(claims))).resolves.toBe(expected);
  });

  test("`exp` beyond every number is no time", async () => {
    const payload = JSON.stringify({ ...adaClaims, exp: 0 }).replace('"exp":0', '"exp":1e999');
    const header = JSON.stringify({ alg: "RS256", kid: acmeKey.kid });

    const verification = verifyToken(signText(header, payload, acmeKey));

    await expect(outcome(verification)).resolves.toBe("token_claim_invalid");
  });

  test.each([
    ["no tolerance", "token_expired", 0],
    ["the largest tolerance", "accepted", 300],
    ["a tolerance that a damaged setting makes larger", "accepted", 999_999],
    ["a tolerance that is no number", "token_expired", Number.NaN],
  ])("forgive %s", async (_situation, expected, clockToleranceSeconds) => {
    const changes = { clockToleranceSeconds };

    await expect(outcome(verifyClaims({ exp: noonSeconds - 299 }, changes))).resolves.toBe(
      expected,
    );
    await expect(outcome(verifyClaims({ exp: noonSeconds - 300 }, changes))).resolves.toBe(
      "token_expired",
    );
  });

  test("may span no more than the provider allows", async () => {
    const changes = { maxLifetimeSeconds: 600 };

    await expect(outcome(verifyClaims({}, changes))).resolves.toBe("accepted");
    await expect(outcome(verifyClaims({ exp: noonSeconds + 601 }, changes))).resolves.toBe(
      "token_lifetime_too_long",
    );
    await expect(outcome(verifyClaims({ iat: undefined }, changes))).resolves.toBe(
      "token_claim_missing",
    );
  });

  test("refuse every token when the clock is broken", async () => {
    const verifier = createTokenVerifier({
      keys: createKeySources({ fetcher: noNetwork }),
      clock: () => new Date(Number.NaN),
    });

    const verification = verifier.verify(trustIn(acmeProvider()), adaToken);

    await expect(outcome(verification)).resolves.toBe("token_expired");
  });
});

describe("the subject", () => {
  test.each([
    ["512 characters", "accepted", "a".repeat(512)],
    ["a name beyond ASCII", "accepted", "Åda 🦊"],
    ["513 characters", "token_claim_invalid", "a".repeat(513)],
    ["empty", "token_claim_invalid", ""],
    ["a number", "token_claim_invalid", 5],
    ["null", "token_claim_invalid", null],
    ["with NUL", "token_claim_invalid", "ada\0"],
    ["with half a surrogate pair", "token_claim_invalid", "ada\uD83E"],
    ["missing", "token_claim_missing", undefined],
  ])("%s: %s", async (_situation, expected, sub) => {
    await expect(outcome(verifyClaims({ sub }))).resolves.toBe(expected);
  });
});

describe("the authorized party", () => {
  test.each([
    ["listed", "accepted", "web-app"],
    ["not listed", "token_party_mismatch", "other-app"],
    ["a list", "token_party_mismatch", ["web-app"]],
    ["missing", "token_claim_missing", undefined],
  ])("%s: %s", async (_situation, expected, azp) => {
    const changes = { authorizedParties: ["web-app"] };

    await expect(outcome(verifyClaims({ azp }, changes))).resolves.toBe(expected);
  });

  test("is not asked for when the provider lists none", async () => {
    await expect(outcome(verifyClaims({ azp: "any-app" }))).resolves.toBe("accepted");
  });
});

describe("a refusal", () => {
  test("before the signature is proven names the issuer as unverified", async () => {
    const refusal = await verifyToken(signToken(adaClaims, createRsaKey("acme-2026")));

    expect(refusal).toEqual({
      ok: false,
      error: {
        code: "token_signature_invalid",
        detail: "the signature does not match the key",
        unverifiedIssuer: "https://login.acme.example",
        provider: { id: "acme-login", version: 3 },
      },
    });
  });

  test("after the signature is proven names issuer and subject", async () => {
    const refusal = await verifyClaims({ exp: noonSeconds - 600 });

    expect(refusal).toEqual({
      ok: false,
      error: {
        code: "token_expired",
        detail: "claim `exp` has passed",
        provider: { id: "acme-login", version: 3 },
        verified: { issuer: "https://login.acme.example", subject: "ada" },
      },
    });
  });

  test("keeps of an unknown issuer no more than a log can bear", async () => {
    const refusal = await verifyClaims({ iss: `https://\n\0${"x".repeat(1000)}` });

    expect(refusal).toMatchObject({
      error: {
        code: "token_issuer_unknown",
        unverifiedIssuer: `https://\uFFFD\uFFFD${"x".repeat(246)}`,
      },
    });
  });

  test("never holds a part of the token", async () => {
    const tokens = [
      adaToken.slice(0, -2),
      signToken(adaClaims, createRsaKey("acme-2026")),
      signToken({ ...adaClaims, exp: 1 }, acmeKey),
      signToken({ ...adaClaims, aud: "secret-audience" }, acmeKey),
    ];

    const refusals = await Promise.all(tokens.map((token) => verifyToken(token)));

    const text = JSON.stringify(refusals);
    const parts = tokens.flatMap((token) => token.split("."));
    expect(parts.filter((part) => text.includes(part))).toEqual([]);
    expect(text).not.toContain("secret-audience");
  });

  test.each([
    ["nothing", "token_missing", undefined],
    ["null", "token_missing", null],
    ["an empty text", "token_missing", ""],
    ["a number", "token_malformed", 42],
    ["an object", "token_malformed", { token: "x" }],
    ["a list", "token_malformed", [adaToken]],
  ])("is the answer to %s", async (_situation, expected, token) => {
    await expect(outcome(verifyToken(token))).resolves.toBe(expected);
  });
});

describe("the verifier", () => {
  test("does not trust a provider that its workspace trust should not have offered", async () => {
    const strangers = [
      acmeProvider({ workspaceId: "globex" }),
      acmeProvider({ enabled: false }),
      acmeProvider({ issuer: "https://login.globex.example" }),
    ];

    const outcomes = strangers.map((stranger) =>
      outcome(
        createVerifier().verify(
          { workspaceId: "acme", revision: 1, candidates: () => [stranger] },
          adaToken,
        ),
      ),
    );

    await expect(Promise.all(outcomes)).resolves.toEqual(
      strangers.map(() => "token_issuer_unknown"),
    );
  });

  test("holds a token to the audience again when its signature is proven", async () => {
    const provider = { ...acmeProvider(), allowedAudiences: ["acme-api"] as [string] };
    const inline = createKeySources({ fetcher: noNetwork });
    const keys: KeySources = {
      sourceFor: (trusted) => {
        provider.allowedAudiences = ["other-api"];
        return inline.sourceFor(trusted);
      },
    };

    const verification = createTokenVerifier({ keys, clock: () => noon }).verify(
      { workspaceId: "acme", revision: 1, candidates: () => [provider] },
      adaToken,
    );

    await expect(outcome(verification)).resolves.toBe("token_audience_mismatch");
  });

  test("refuses a token whose key can not be used with its algorithm", async () => {
    const cryptoKey = await webcrypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    if (!("publicKey" in cryptoKey)) {
      throw new TypeError("an Ed25519 key is a pair");
    }
    const key = { thumbprint: "unknown", cryptoKey: cryptoKey.publicKey };
    const keys: KeySources = {
      sourceFor: () => ({
        find: () => Promise.resolve({ status: "found", key }),
        findNow: () => undefined,
      }),
    };

    const verification = createTokenVerifier({ keys, clock: () => noon }).verify(
      trustIn(acmeProvider()),
      adaToken,
    );

    await expect(verification).resolves.toMatchObject({
      error: {
        code: "token_signature_invalid",
        detail: "the signature can not be checked with the key",
      },
    });
  });

  test("refuses limits outside their range", () => {
    const keys = createKeySources({ fetcher: noNetwork });

    expect(() => createTokenVerifier({ keys, limits: { tokenCharacters: 65_537 } })).toThrow(
      new TypeError("limit `tokenCharacters` must be an integer from 1 to 65536"),
    );
    expect(() => createKeySources({ fetcher: noNetwork, limits: { jsonDepth: 0 } })).toThrow(
      TypeError,
    );
  });

  test("stops waiting for keys when the caller does", async () => {
    const keys: KeySources = {
      sourceFor: () => ({ find: () => new Promise(() => {}), findNow: () => undefined }),
    };
    const verifier = createTokenVerifier({ keys, clock: () => noon });
    const controller = new AbortController();

    const verification = verifier.verify(trustIn(acmeProvider()), adaToken, {
      signal: controller.signal,
    });
    controller.abort(new Error("the client went away"));

    await expect(verification).rejects.toThrow("the client went away");
  });

  test("does not start for a caller who has left already", async () => {
    const verification = createVerifier().verify(trustIn(acmeProvider()), adaToken, {
      signal: AbortSignal.abort(new Error("the client went away")),
    });

    await expect(verification).rejects.toThrow("the client went away");
  });
});
