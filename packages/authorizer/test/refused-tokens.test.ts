import type { KeysUnavailable } from "@byot/authorizer";
import { describe, expect, test } from "vitest";
import type { TokenRefusal, TokenVerifier } from "@byot/token-verifier";
import { configuration } from "./support/configuration.js";
import { acmeKey, identityProvider, issueToken, noon } from "./support/identity-provider.js";
import { startAuthorizer } from "./support/start-authorizer.js";

const confidential = { claims: { secret: "s3cr3t-claim" } };
const good = await issueToken("ada", confidential);
const [header = "", payload = "", signature = ""] = good.split(".");
const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
const stranger = identityProvider(acmeKey, "https://idp.stranger.test");

const refused: readonly (readonly [string, unknown, string])[] = [
  ["an absent token", undefined, "token_missing"],
  ["a token that is no text", 42, "token_malformed"],
  ["a token in a list", [good], "token_malformed"],
  ["a token with a space before it", ` ${good}`, "token_malformed"],
  ["a token of two parts", `${header}.${payload}`, "token_malformed"],
  ["a token that is too large", `${good}${"A".repeat(20_000)}`, "token_too_large"],
  ["an unsigned token", `${unsigned}.${payload}.${signature}`, "token_alg_not_allowed"],
  [
    "a token with another token's signature",
    `${header}.${payload}.${await ownSignature()}`,
    "token_signature_invalid",
  ],
  [
    "a token that has expired",
    await issueToken("ada", { ...confidential, expiresInSeconds: -600 }),
    "token_expired",
  ],
  [
    "a token for another audience",
    await issueToken("ada", { ...confidential, audience: "other-api" }),
    "token_audience_mismatch",
  ],
  [
    "a token of a stranger",
    await issueToken("ada", confidential, stranger),
    "token_issuer_unknown",
  ],
  ["a token without a required claim", good, "token_claim_missing"],
];

const expired = await issueToken("ada", { expiresInSeconds: -600 });

describe("the refusal of", () => {
  test.each(refused)("%s holds no part of the token", async (_, token, code) => {
    const claimMappings = [{ attribute: "department", jwtPath: "department", required: true }];
    const { check, refusals, reports } = startAuthorizer([
      configuration({ provider: { claimMappings } }),
    ]);

    const checked = await check({ token });

    expect(checked).toMatchObject({ ok: false, error: { code } });
    expect(refusals).toMatchObject([{ code }]);
    const told = JSON.stringify([checked, refusals, reports]);
    expect(told).not.toMatch(/s3cr3t-claim|token-id-of-the-test|acme-api|other-api/);
    for (const part of [...String(token).split("."), header, payload, signature]) {
      expect(part.length < 20 || !told.includes(part.slice(0, 20))).toBe(true);
    }
  });

  test("a token of a stranger names the issuer, as unverified", async () => {
    const { check, refusals } = startAuthorizer();

    await check({ token: await issueToken("ada", {}, stranger) });

    expect(refusals).toMatchObject([{ unverifiedIssuer: "https://idp.stranger.test" }]);
  });

  test("a token without a proven signature names nothing but that issuer", async () => {
    const { check, refusals } = startAuthorizer();

    await check({ token: `${header}.${payload}.${await ownSignature()}` });

    expect(refusals).toEqual([
      {
        workspaceId: "acme",
        at: noon,
        requestId: "request-1",
        code: "token_signature_invalid",
        unverifiedIssuer: "https://idp.acme.test",
        resource: "orders",
        action: "approve",
      },
    ]);
  });

  test.each([
    ["that has expired", expired, "token_expired"],
    ["without a required claim", good, "token_claim_missing"],
  ])("a token %s names who was proven to show it", async (_, token, code) => {
    const claimMappings = [{ attribute: "department", jwtPath: "department", required: true }];
    const { check, refusals } = startAuthorizer([configuration({ provider: { claimMappings } })]);

    await check({ token });

    expect(refusals).toMatchObject([
      {
        code,
        unverifiedIssuer: "https://idp.acme.test",
        providerId: "acme-idp",
        subject: "ada",
      },
    ]);
  });

  test("a token names its subject by a pseudonym where the workspace asks for it", async () => {
    const { check, refusals } = startAuthorizer([
      configuration({ settings: { hashSubjects: true } }),
    ]);

    await check({ token: expired });

    expect(refusals).toMatchObject([{ subject: "pseudonym of ada in acme" }]);
  });

  test("a token is recorded with where the request came from", async () => {
    const { check, sources } = startAuthorizer();

    await check({ token: "not a token", source: "192.0.2.7" });
    await check({ token: "not a token" });

    expect(sources).toEqual(["192.0.2.7", undefined]);
  });

  test("a token is not recorded where the workspace records nothing", async () => {
    const { check, refusals } = startAuthorizer([
      configuration({ settings: { decisionLog: "off" } }),
    ]);

    await check({ token: "not a token" });

    expect(refusals).toEqual([]);
  });

  test("a disabled provider's token is the refusal of a stranger's", async () => {
    const { check } = startAuthorizer([configuration({ provider: { enabled: false } })]);

    const checked = await check({ token: good });

    expect(checked).toMatchObject({ ok: false, error: { code: "token_issuer_unknown" } });
  });
});

test("a refusal for want of keys says when to try again, and to the operator why", async () => {
  const refusal: TokenRefusal = {
    code: "jwks_unavailable",
    detail: "the keys of the issuer can not be had",
    retryAfterSeconds: 10,
    keyFailure: { code: "timed_out", message: "no answer within 5000 ms" },
    unverifiedIssuer: "https://idp.acme.test",
    provider: { id: "acme-idp", version: 7 },
  };
  const told: KeysUnavailable[] = [];
  const { check, refusals } = startAuthorizer(undefined, {
    verifier: refusing(refusal),
    onKeysUnavailable: (event) => void told.push(event),
  });

  const checked = await check({ token: good });

  expect(checked).toEqual({
    ok: false,
    error: {
      code: "jwks_unavailable",
      detail: "the keys of the issuer can not be had",
      retryAfterSeconds: 10,
    },
  });
  expect(told).toMatchObject([
    { workspaceId: "acme", providerId: "acme-idp", failure: { code: "timed_out" } },
  ]);
  expect(refusals).toMatchObject([{ code: "jwks_unavailable" }]);
});

function refusing(error: TokenRefusal): TokenVerifier {
  return { verify: async () => ({ ok: false, error }) };
}

async function ownSignature(): Promise<string> {
  const another = await issueToken("ben", confidential);
  return another.split(".")[2] ?? "";
}
