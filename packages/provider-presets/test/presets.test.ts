import { claimMappingsSchema, lintClaimMappings, mapClaims } from "@byot/claim-mapper";
import {
  checkIssuer,
  findPreset,
  prepareClaims,
  type ProviderPreset,
  presets,
  recommendTrustedIssuer,
  type SampleToken,
} from "@byot/provider-presets";
import { validateTrustedIssuer } from "@byot/token-verifier";
import { describe, expect, test } from "vitest";

const samples = presets.flatMap((preset) =>
  preset.samples.map((sample) => ({
    name: `${preset.name}: ${sample.title}`,
    preset,
    sample,
  })),
);

function attributesOf({ providerType, claimMappings }: ProviderPreset, { claims }: SampleToken) {
  return Object.fromEntries(
    mapClaims(prepareClaims(providerType, claims), claimMappings).attributes,
  );
}

/** The audiences of a token as the verifier finds them: the first claim that is there decides. */
function audiencesOf({ audienceClaims }: ProviderPreset, { claims }: SampleToken): unknown[] {
  const deciding = audienceClaims.find((name) => Object.hasOwn(claims, name));
  return deciding === undefined ? [] : [claims[deciding]].flat();
}

describe("a sample", () => {
  test.each(samples)("becomes the attributes it shows: $name", ({ preset, sample }) => {
    expect(attributesOf(preset, sample)).toEqual(sample.attributes);
  });

  test.each(samples)("has an issuer of its provider: $name", ({ preset, sample }) => {
    const issuer = sample.claims["iss"];

    expect(
      preset.issuerAliases?.includes(String(issuer)) === true
        ? undefined
        : checkIssuer(preset, String(issuer)),
    ).toBeUndefined();
  });

  test.each(samples.filter(({ sample }) => sample.audience !== undefined))(
    "is meant for the audience it shows: $name",
    ({ preset, sample }) => {
      expect(audiencesOf(preset, sample)).toContain(sample.audience);
    },
  );

  test.each(samples)("has what every token must have: $name", ({ sample }) => {
    expect(typeof sample.claims["sub"]).toBe("string");
    expect(sample.claims["exp"]).toBeGreaterThan(Number(sample.claims["iat"]));
  });
});

describe.each(presets)("the preset of $name", (preset) => {
  test("is found by its type", () => {
    expect(findPreset(preset.providerType)).toBe(preset);
  });

  test("has mappings that are taken, and that nobody has to be warned of", () => {
    expect(claimMappingsSchema.parse(preset.claimMappings)).toEqual(preset.claimMappings);
    expect(lintClaimMappings(preset.claimMappings)).toEqual([]);
  });

  test("has a sample for every attribute", () => {
    const shown = new Set(preset.samples.flatMap(({ attributes }) => Object.keys(attributes)));
    const mapped = preset.claimMappings.map(({ attribute }) => `ext_${attribute}`);

    expect(mapped.filter((name) => !shown.has(name))).toEqual([]);
  });

  test("recommends a trusted issuer that is valid", () => {
    const recommended = recommendTrustedIssuer(preset, {
      id: `${preset.providerType}-prod`,
      workspaceId: "acme",
      issuer: preset.issuer.example,
      allowedAudiences: ["https://api.acme.com"],
    });

    expect(validateTrustedIssuer(recommended)).toEqual([]);
    expect(recommended).toMatchObject({ enabled: true, version: 1 });
  });

  test("says where the issuer and the audience are found", () => {
    expect(preset.directions.map(({ setting }) => setting)).toEqual(
      expect.arrayContaining(["issuer", "allowedAudiences"]),
    );
    expect(preset.pitfalls.length).toBeGreaterThan(0);
    expect(checkIssuer(preset, preset.issuer.example)).toBeUndefined();
  });
});

test("no preset has the name of another, and none is found for what there is none for", () => {
  expect(new Set(presets.map(({ providerType }) => providerType)).size).toBe(presets.length);
  expect(findPreset("keycloack")).toBeUndefined();
  expect(findPreset("__proto__")).toBeUndefined();
});

test("what is to be pasted is JSON", () => {
  const snippets = presets.flatMap(({ snippets: own = [] }) => own);

  expect(snippets).toHaveLength(2);
  expect(snippets.map(({ text }) => JSON.parse(text) as unknown)).toEqual([
    { metadata: "{{user.public_metadata}}" },
    {
      aud: "https://api.acme.com",
      metadata: "{{user.public_metadata}}",
      org_id: "{{org.id}}",
      org_slug: "{{org.slug}}",
      org_role: "{{org.role}}",
    },
  ]);
});

test.each([
  [
    "firebase",
    "https://securetoken.google.com/acme-shop",
    {
      jwksUri:
        "https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com",
    },
  ],
  [
    "supabase",
    "https://abcdefghij.supabase.co/auth/v1",
    {
      jwksUri: "https://abcdefghij.supabase.co/auth/v1/.well-known/jwks.json",
    },
  ],
  [
    "workos",
    "https://api.workos.com/user_management/client_01H",
    {
      jwksUri: "https://api.workos.com/sso/jwks/client_01H",
    },
  ],
  ["workos", "https://acme.authkit.app", { discovery: true }],
  ["auth0", "https://acme.eu.auth0.com/", { discovery: true }],
])("the keys of %s at %s are where the provider has them", (type, issuer, keys) => {
  expect(findPreset(type)?.locateKeys(issuer)).toEqual(keys);
});
