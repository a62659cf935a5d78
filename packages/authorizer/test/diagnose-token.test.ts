import { diagnoseToken, type DiagnosisParts, type DiagnosisRequest } from "@byot/authorizer";
import type { ProviderRecord } from "@byot/storage";
import { describe, expect, test } from "vitest";
import { configuration } from "./support/configuration.js";
import { acmeIdp, acmeKey, noon } from "./support/identity-provider.js";
import { noonSeconds, signToken } from "./support/sign-token.js";
import { realVerifier } from "./support/start-authorizer.js";

function provider(changes: Partial<ProviderRecord> = {}): ProviderRecord {
  const [record] = configuration({ provider: { claimMappings: [], ...changes } }).providers;
  if (record === undefined) {
    throw new TypeError("the configuration has one provider");
  }
  return record;
}

function diagnose(
  token: unknown,
  request: Partial<DiagnosisRequest> = {},
  parts: Partial<DiagnosisParts> = {},
) {
  return diagnoseToken(
    { verifier: realVerifier(), clock: () => noon, ...parts },
    { token, provider: provider(), showClaims: true, ...request },
  );
}

const good = signToken();
const [header = "", payload = "", signature = ""] = good.split(".");
const unsigned = Buffer.from('{"alg":"none"}').toString("base64url");
const beta = provider({ id: "beta-idp", issuer: "https://idp.beta.test" });

interface Row {
  readonly token: unknown;
  readonly provider?: Partial<ProviderRecord>;
  readonly step: string;
  readonly code: string;
  readonly kind: string;
  readonly cause?: string;
  readonly fix?: string;
}

const rows: Readonly<Record<string, Row>> = {
  "no token": { token: "", step: "shape", code: "token_missing", kind: "absent" },
  "an opaque token": {
    token: "f81d4fae7dec11d0a76500a0c91e6bf6",
    step: "shape",
    code: "token_malformed",
    kind: "opaque_token",
    fix: "when the request names the API's audience",
  },
  "an encrypted token": {
    token: `${header}.AAAA.AAAA.AAAA.AAAA`,
    step: "shape",
    code: "token_malformed",
    kind: "encrypted_token",
  },
  "a token with its scheme before it": {
    token: `Bearer ${good}`,
    step: "shape",
    code: "token_malformed",
    kind: "copied_badly",
  },
  "an unsigned token": {
    token: `${unsigned}.${payload}.`,
    step: "shape",
    code: "token_malformed",
    kind: "unsigned_token",
  },
  "a token that is too large": {
    token: `${good}${"A".repeat(20_000)}`,
    step: "shape",
    code: "token_too_large",
    kind: "too_large",
  },
  "a token whose payload is broken": {
    token: `${header}.AAAA.${signature}`,
    step: "shape",
    code: "token_malformed",
    kind: "malformed",
    cause: "the payload is not",
  },
  "a token signed with a shared secret": {
    token: signToken({}, { alg: "HS256" }),
    step: "header",
    code: "token_alg_not_allowed",
    kind: "algorithm_not_allowed",
    cause: "signed with `HS256`, and tokens of provider `acme-idp` have to be signed with `RS256`",
  },
  "a token signed with an algorithm that the provider does not list": {
    token: signToken({}, { alg: "ES256" }),
    step: "provider",
    code: "token_alg_not_allowed",
    kind: "algorithm_not_allowed",
  },
  "a token with an extension": {
    token: signToken({}, { crit: ["b64"] }),
    step: "header",
    code: "token_header_not_supported",
    kind: "header_not_supported",
  },
  "a token of another type": {
    token: signToken({}, { typ: "logout+jwt" }),
    step: "provider",
    code: "token_type_not_allowed",
    kind: "type_not_allowed",
    fix: "add `logout+jwt` to `tokenTypes` of provider `acme-idp`",
  },
  "a token without issuer": {
    token: signToken({ iss: undefined }),
    step: "issuer",
    code: "token_claim_missing",
    kind: "issuer_missing",
  },
  "a token whose issuer has a slash more": {
    token: signToken({ iss: `${acmeIdp.issuer}/` }),
    step: "issuer",
    code: "token_issuer_unknown",
    kind: "issuer_slash",
    fix: "set `issuer` of provider `acme-idp` to `https://idp.acme.test/`, the slash at the end included",
  },
  "a token whose issuer has a slash less": {
    token: good,
    provider: { issuer: `${acmeIdp.issuer}/` },
    step: "issuer",
    code: "token_issuer_unknown",
    kind: "issuer_slash",
    fix: "set `issuer` of provider `acme-idp` to `https://idp.acme.test`, the slash at the end left out",
  },
  "a token whose issuer has other letters": {
    token: signToken({ iss: "https://IDP.acme.test" }),
    step: "issuer",
    code: "token_issuer_unknown",
    kind: "issuer_spelling",
  },
  "a token of another tenant by host": {
    token: signToken({ iss: "https://beta.acme.test" }),
    step: "issuer",
    code: "token_issuer_unknown",
    kind: "other_tenant",
  },
  "a token of another tenant by path": {
    token: signToken({ iss: "https://idp.acme.test/realms/beta" }),
    step: "issuer",
    code: "token_issuer_unknown",
    kind: "other_tenant",
    fix: "send a token of `https://idp.acme.test`; only if that other tenant is yours, set",
  },
  "a token of a neighbour": {
    token: signToken({ iss: beta.issuer }),
    step: "issuer",
    code: "token_issuer_unknown",
    kind: "other_provider",
    fix: "test it against provider `beta-idp`",
  },
  "a token of a stranger": {
    token: signToken({ iss: "https://login.stranger.example" }),
    step: "issuer",
    code: "token_issuer_unknown",
    kind: "other_issuer",
  },
  "a token of a disabled provider": {
    token: good,
    provider: { enabled: false },
    step: "issuer",
    code: "token_issuer_unknown",
    kind: "provider_disabled",
    fix: "set `enabled` of provider `acme-idp` to `true`",
  },
  "a token of an unknown key": {
    token: signToken({}, { kid: "key-of-yesterday" }),
    step: "keys",
    code: "token_key_unknown",
    kind: "key_unknown",
    cause: "signed by key `key-of-yesterday`, which provider `acme-idp` does not publish",
  },
  "a token that names no key": {
    token: signToken({}, { kid: undefined }),
    provider: { requireKid: true },
    step: "keys",
    code: "token_key_unknown",
    kind: "key_unnamed",
    fix: "set `requireKid` of provider `acme-idp` to `false`",
  },
  "a token that was changed": {
    token: [signToken({ sub: "eve" }).split(".").slice(0, 2).join("."), signature].join("."),
    step: "signature",
    code: "token_signature_invalid",
    kind: "signature_invalid",
  },
  "a token that is over": {
    token: signToken({ exp: noonSeconds - 90 }),
    step: "times",
    code: "token_expired",
    kind: "expired",
    cause: "expired 90 seconds ago, and provider `acme-idp` forgives 30 seconds",
  },
  "a token that is yet to begin": {
    token: signToken({ nbf: noonSeconds + 120 }),
    step: "times",
    code: "token_not_active",
    kind: "not_active_yet",
    fix: "set `clockToleranceSeconds` of provider `acme-idp` to 120",
  },
  "a token of tomorrow": {
    token: signToken({ iat: noonSeconds + 86_400, exp: noonSeconds + 90_000 }),
    step: "times",
    code: "token_issued_in_future",
    kind: "issued_in_future",
    fix: "set the clocks of both machines by NTP",
  },
  "a token with too long a life": {
    token: good,
    provider: { maxLifetimeSeconds: 300 },
    step: "times",
    code: "token_lifetime_too_long",
    kind: "lifetime_too_long",
    fix: "set `maxLifetimeSeconds` of provider `acme-idp` to 600",
  },
  "a token without an end": {
    token: signToken({ exp: undefined }),
    step: "times",
    code: "token_claim_missing",
    kind: "claim_missing",
  },
  "a token for another API": {
    token: signToken({ aud: "api://orders" }),
    step: "audience",
    code: "token_audience_mismatch",
    kind: "other_audience",
    cause: "`aud` is `api://orders`, and provider `acme-idp` allows `acme-api`",
    fix: "add `api://orders` to `allowedAudiences` of provider `acme-idp`",
  },
  "a token without audience": {
    token: signToken({ aud: undefined }),
    step: "audience",
    code: "token_audience_mismatch",
    kind: "audience_missing",
    fix: "ask the identity provider for a token with audience `acme-api`",
  },
  "a token without audience that names the application": {
    token: signToken({ aud: undefined, client_id: "4kq2acme" }),
    step: "audience",
    code: "token_audience_mismatch",
    kind: "audience_missing",
    fix: 'set `audienceClaims` of provider `acme-idp` to `["client_id"]` and add `4kq2acme`',
  },
  "an ID token": {
    token: signToken({ aud: "acme-web", nonce: "n-0S6_WzA2Mj" }),
    step: "audience",
    code: "token_audience_mismatch",
    kind: "id_token",
    cause: "this is an ID token, which tells `acme-web` who signed in",
    fix: "send the access token instead",
  },
  "a token of another application": {
    token: signToken({ azp: "acme-mobile" }),
    provider: { authorizedParties: ["acme-web"] },
    step: "audience",
    code: "token_party_mismatch",
    kind: "other_party",
    fix: "add `acme-mobile` to `authorizedParties` of provider `acme-idp`",
  },
  "a token of nobody": {
    token: signToken({ sub: undefined }),
    step: "mappings",
    code: "token_claim_missing",
    kind: "claim_missing",
    fix: "put a good `sub` into its tokens",
  },
  "a token without a required claim": {
    token: signToken({ metadata: { tier: "s3cr3t" } }),
    provider: {
      claimMappings: [{ attribute: "plan", jwtPath: "metadata.plan", required: true }],
    },
    step: "mappings",
    code: "token_claim_missing",
    kind: "claim_missing",
    cause: "`metadata` has `tier`",
    fix: "correct `jwtPath` of attribute `plan` of provider `acme-idp`",
  },
};

describe("the doctor names", () => {
  test.each(Object.entries(rows))("%s as what it is", async (_title, row) => {
    const record = provider(row.provider);

    const { failure, steps } = await diagnose(row.token, { provider: record, others: [beta] });

    const { step, code, kind } = row;
    expect(failure).toMatchObject({ step, code, kind });
    expect(failure?.cause).toContain(row.cause ?? "");
    expect(failure?.fix).toContain(row.fix ?? "");
    const failed = steps.filter(({ status }) => status === "failed");
    expect(failed.map(({ name }) => name)).toEqual([step]);
  });

  test.each(Object.entries(rows))("%s in one line each, without the token", async (_title, row) => {
    const request = { provider: provider(row.provider), others: [beta] };

    const { failure } = await diagnose(row.token, request);

    expect(failure?.cause).toMatch(/^[^\n]+[^.\n]$/);
    expect(failure?.fix).toMatch(/^[^\n]+[^.\n]$/);
    const told = JSON.stringify(failure);
    expect(told).not.toContain("s3cr3t");
    expect(told).not.toContain(signature.slice(0, 20));
  });
});

describe("the steps", () => {
  test("are all passed by a good token", async () => {
    const { steps, failure, notes } = await diagnose(good);

    expect(new Set(steps.map(({ status }) => status))).toEqual(new Set(["passed"]));
    expect([failure, notes]).toEqual([undefined, []]);
  });

  test("behind the one that fails are not reached", async () => {
    const { steps } = await diagnose(signToken({ exp: noonSeconds - 90 }));

    expect(steps.map(({ status }) => status)).toEqual([
      "passed",
      "passed",
      "passed",
      "passed",
      "passed",
      "passed",
      "failed",
      "not_reached",
      "not_reached",
    ]);
  });

  test("that need a provider are not reached by a token for nobody's audience", async () => {
    const { steps } = await diagnose(signToken({ aud: "api://orders" }));

    const missed = steps.filter(({ status }) => status === "not_reached");
    expect(missed.map(({ name }) => name)).toEqual(["keys", "signature", "times", "mappings"]);
  });
});

describe("what a token says", () => {
  test.each([
    ["audience", { aud: "api://orders" }, {}],
    ["issuer", { iss: "https://login.stranger.example" }, {}],
    ["key", {}, { kid: "key-of-yesterday" }],
    ["application", { aud: "acme-web", nonce: "1" }, {}],
  ])("of its %s is not told to those who may not know", async (_title, claims, headers) => {
    const { failure } = await diagnose(signToken(claims, headers), { showClaims: false });

    const told = JSON.stringify(failure);
    expect(told).not.toMatch(/orders|stranger|yesterday|acme-web/);
    expect(failure?.fix).not.toBe("");
  });

  test("is told on one line and cut short", async () => {
    const { failure } = await diagnose(signToken({ aud: `a\n\`b\`${"c".repeat(1000)}` }));

    expect(failure?.cause).not.toContain("\n");
    expect(failure?.cause.length).toBeLessThan(600);
  });
});

describe("what else there is to know of a good token", () => {
  test("is each claim that a mapping did not find, and where its path ended", async () => {
    const claimMappings = [{ attribute: "plan", jwtPath: "metadata.plan" }];

    const { failure, notes } = await diagnose(signToken({ metadata: { tier: "gold" } }), {
      provider: provider({ claimMappings }),
    });

    expect(failure).toBeUndefined();
    expect(notes).toEqual([
      {
        code: "claim_missing",
        message: "claim `metadata.plan` for attribute `plan` is missing; `metadata` has `tier`",
      },
    ]);
  });

  test("is what the product's preset tells, and that it is an ID token", async () => {
    const { notes } = await diagnose(
      signToken({ nonce: "1" }),
      {},
      { explainClaims: (type) => [{ code: "groups_overage", message: `too many for ${type}` }] },
    );

    expect(notes).toMatchObject([
      { code: "groups_overage", message: "too many for oidc" },
      { code: "id_token" },
    ]);
  });
});

test("an unknown key is told beside those that are published", async () => {
  const keys = {
    status: () => ({
      state: "fresh" as const,
      keys: [{ kid: acmeKey.kid, thumbprint: "t", algorithms: ["RS256" as const] }],
      droppedKeys: [],
      failures: 0,
      fetches: 1,
      fetching: false,
    }),
  };

  const { failure } = await diagnose(signToken({}, { kid: "key-of-yesterday" }), {}, { keys });

  expect(failure?.cause).toContain(`it publishes \`${acmeKey.kid}\``);
});
