import { type KeyUrlRules, validateTrustedIssuer } from "@byot/token-verifier";
import { describe, expect, test } from "vitest";
import { acmeKey, acmeProvider } from "./support/acme.js";
import { createRsaKey } from "./support/signing-key.js";

const valid = acmeProvider({ keys: { discovery: true } });
const loopback = { allowLoopbackHttp: true };

/** The problems of the valid provider after some changes, as `code path`. */
function problems(changes: Readonly<Record<string, unknown>>, rules?: KeyUrlRules): string[] {
  return validateTrustedIssuer({ ...valid, ...changes }, rules).map(
    ({ code, path }) => `${code} ${path}`,
  );
}

describe("a provider", () => {
  test("is valid with what it must have", () => {
    expect(validateTrustedIssuer(valid)).toEqual([]);
  });

  test("is valid with everything it may have", () => {
    expect(
      problems({
        issuerAliases: ["accounts.acme.example"],
        audienceClaims: ["aud", "azp", "client_id"],
        authorizedParties: ["web-app"],
        algorithms: ["RS256", "EdDSA"],
        tokenTypes: ["", "at+jwt"],
        keys: { jwksUri: "https://login.acme.example/keys?tenant=acme" },
        clockToleranceSeconds: 0,
        maxLifetimeSeconds: 3600,
        requireKid: true,
      }),
    ).toEqual([]);
  });

  test.each([undefined, null, "acme", 1, []])("is not %j", (candidate) => {
    expect(validateTrustedIssuer(candidate)).toEqual([
      { code: "provider_setting_invalid", path: "", message: "the provider is not an object" },
    ]);
  });

  test("is told everything that is wrong at once", () => {
    expect(problems({ issuer: "", allowedAudiences: [], clockToleranceSeconds: 301 })).toEqual([
      "provider_audience_required /allowedAudiences",
      "provider_setting_invalid /clockToleranceSeconds",
      "provider_issuer_invalid /issuer",
    ]);
  });

  test("must not have a setting that means nothing", () => {
    expect(problems({ authorisedParties: ["web-app"], "a/b~c": 1 })).toEqual([
      "provider_setting_invalid /authorisedParties",
      "provider_setting_invalid /a~1b~0c",
    ]);
  });

  test("does not get its settings from a prototype", () => {
    const inherited: unknown = Object.create(valid);

    expect(validateTrustedIssuer(inherited).map(({ path }) => path)).toEqual([
      "/id",
      "/workspaceId",
      "/version",
      "/enabled",
      "/allowedAudiences",
      "/issuer",
      "/keys",
    ]);
  });
});

describe("an issuer", () => {
  test.each([
    "https://login.acme.example",
    "https://login.acme.example/",
    "https://login.acme.example/tenant/v2.0",
    "https://Login.Acme.Example",
  ])("may be `%s`", (issuer) => {
    expect(problems({ issuer })).toEqual([]);
  });

  test.each([
    undefined,
    7,
    "",
    "login.acme.example",
    "/tenant",
    "http://login.acme.example",
    "urn:byot:demo",
    "https://login.acme.example?tenant=acme",
    "https://login.acme.example?",
    "https://login.acme.example#top",
    "https://ada:secret@login.acme.example",
    " https://login.acme.example",
    "https://login.acme.example\n",
    "https://login.acme.example\\tenant",
    `https://login.acme.example/${"x".repeat(2048)}`,
    `https://login.acme.example/${"ü".repeat(1024)}`,
    "http://127.0.0.1:4000",
  ])("must not be %j", (issuer) => {
    expect(problems({ issuer })).toContain("provider_issuer_invalid /issuer");
  });

  test.each(["http://127.0.0.1:4000", "http://localhost:4000/op", "http://[::1]:4000"])(
    "may be `%s` only where loopback http is allowed",
    (issuer) => {
      expect(problems({ issuer }, loopback)).toEqual([]);
      expect(problems({ issuer })).toContain("provider_issuer_invalid /issuer");
    },
  );

  test("may not be on another machine over http, whatever is allowed", () => {
    expect(problems({ issuer: "http://10.0.0.1" }, loopback)).toContain(
      "provider_issuer_invalid /issuer",
    );
  });

  test("may have any name when its keys are inline", () => {
    const keys = { inline: { keys: [acmeKey.jwk] } };

    expect(problems({ issuer: "urn:byot:demo", keys })).toEqual([]);
    expect(problems({ issuer: "", keys })).toEqual(["provider_issuer_invalid /issuer"]);
    expect(problems({ issuer: "urn:\0", keys })).toEqual(["provider_issuer_invalid /issuer"]);
    expect(problems({ issuer: "x".repeat(2049), keys })).toEqual([
      "provider_issuer_invalid /issuer",
    ]);
  });

  test.each(["https://127.0.0.1", "https://192.168.1.1/tenant", "https://login.acme.example:8443"])(
    "like `%s` can not be asked for its keys",
    (issuer) => {
      expect(problems({ issuer })).toEqual(["provider_url_forbidden /issuer"]);
      expect(problems({ issuer, keys: { jwksUri: "https://keys.acme.example" } })).toEqual([]);
    },
  );
});

describe("the keys", () => {
  test.each([
    undefined,
    null,
    "https://login.acme.example/keys",
    {},
    { discovery: true, jwksUri: "https://login.acme.example/keys" },
    { discovery: false },
    { somewhere: true },
    [],
  ])("must not be %j", (keys) => {
    expect(problems({ keys }).join()).toMatch(/^provider_setting_invalid \/keys(?:\/discovery)?$/);
  });

  test.each([
    7,
    "http://login.acme.example/keys",
    "https://login.acme.example/keys#1",
    "https://ada@login.acme.example/keys",
    "https://169.254.169.254/keys",
    "https://localhost/keys",
  ])("must not be at %j", (jwksUri) => {
    expect(problems({ keys: { jwksUri } })).toEqual(["provider_url_forbidden /keys/jwksUri"]);
  });

  test("may be on this machine only where loopback http is allowed", () => {
    const keys = { jwksUri: "http://127.0.0.1:4000/keys" };

    expect(problems({ keys }, loopback)).toEqual([]);
    expect(problems({ keys })).toEqual(["provider_url_forbidden /keys/jwksUri"]);
  });

  test.each([
    [{ keys: [] }],
    [{ keys: "none" }],
    [[]],
    [{ keys: [{ kty: "oct" }] }],
    [{ keys: [createRsaKey("weak", { bits: 1024 }).jwk] }],
    [{ keys: [acmeKey.jwk, acmeKey.jwk] }],
  ])("are of no use when they are %j", (inline) => {
    expect(problems({ keys: { inline } })).toEqual(["provider_no_usable_key /keys/inline"]);
  });

  test.each([
    ["a private exponent", { ...acmeKey.jwk, d: "AQAB" }, ["d"]],
    ["a prime and what comes of it", { ...acmeKey.jwk, p: "AQAB", dp: "AQAB" }, ["p", "dp"]],
    ["a shared secret", { kty: "oct", k: "c2VjcmV0" }, ["k"]],
  ])("are refused beside good ones when they hold %s", (_name, key, members) => {
    const inline = { keys: [acmeKey.jwk, { ...key, kid: "another" }] };

    expect(problems({ keys: { inline } })).toEqual(
      members.map((member) => `provider_no_usable_key /keys/inline/keys/1/${member}`),
    );
  });

  test("have to fit an algorithm of the provider", () => {
    const keys = { inline: { keys: [acmeKey.jwk] } };

    expect(problems({ keys, algorithms: ["ES256"] })).toEqual([
      "provider_no_usable_key /keys/inline",
    ]);
    expect(problems({ keys, algorithms: "RS256" })).toEqual([
      "provider_setting_invalid /algorithms",
      "provider_no_usable_key /keys/inline",
    ]);
  });

  test("are told why they are of no use", () => {
    const inline = { keys: [{ ...acmeKey.jwk, use: "enc" }] };

    expect(validateTrustedIssuer({ ...valid, keys: { inline } })).toMatchObject([
      { message: "the key set has no usable key: key 0 is not for signatures" },
    ]);
  });
});

describe("a setting", () => {
  test.each([
    ["id", "", "/id"],
    ["id", "a\0b", "/id"],
    ["workspaceId", 5, "/workspaceId"],
    ["version", 1.5, "/version"],
    ["version", -1, "/version"],
    ["enabled", "yes", "/enabled"],
    ["issuerAliases", [""], "/issuerAliases/0"],
    ["audienceClaims", [], "/audienceClaims"],
    ["audienceClaims", ["aud", "scope"], "/audienceClaims/1"],
    ["authorizedParties", [], "/authorizedParties"],
    ["algorithms", [], "/algorithms"],
    ["algorithms", ["HS256"], "/algorithms/0"],
    ["algorithms", ["RS256", "none"], "/algorithms/1"],
    ["tokenTypes", [], "/tokenTypes"],
    ["tokenTypes", [null], "/tokenTypes/0"],
    ["clockToleranceSeconds", -1, "/clockToleranceSeconds"],
    ["clockToleranceSeconds", "30", "/clockToleranceSeconds"],
    ["clockToleranceSeconds", 0.5, "/clockToleranceSeconds"],
    ["maxLifetimeSeconds", 0, "/maxLifetimeSeconds"],
    ["requireKid", 1, "/requireKid"],
  ])("`%s` must not be %j", (name, value, path) => {
    expect(problems({ [name]: value })).toEqual([`provider_setting_invalid ${path}`]);
  });

  test.each([
    [undefined, "/allowedAudiences"],
    [[], "/allowedAudiences"],
    ["acme-api", "/allowedAudiences"],
    [["acme-api", ""], "/allowedAudiences/1"],
    [Array.from({ length: 65 }, () => "acme-api"), "/allowedAudiences"],
  ])("`allowedAudiences` is required, and must not be %j", (allowedAudiences, path) => {
    expect(problems({ allowedAudiences })).toEqual([`provider_audience_required ${path}`]);
  });
});
