import { claimMappingsSchema, lintClaimMappings, mapClaims } from "@byot/claim-mapper";
import { checkIssuer, findPreset, prepareClaims } from "@byot/provider-presets";
import { describe, expect, test } from "vitest";
import { guideNames, readGuide } from "./support/guide.js";

function isShown(part: unknown): part is Readonly<Record<string, unknown>> {
  return typeof part === "object" && part !== null && !Array.isArray(part);
}

function partOf(name: string, heading: string) {
  const [part] = readGuide(name)(heading);
  if (!isShown(part)) {
    throw new Error(`the guide \`${name}\` shows nothing below \`${heading}\``);
  }
  return part;
}

function textsOf(part: unknown): readonly string[] {
  return Array.isArray(part) ? part.map(String) : [String(part)];
}

test("there is a guide for each of the large providers, and one for any other", () => {
  expect(guideNames.toSorted()).toEqual([
    "auth0",
    "clerk",
    "cognito",
    "entra",
    "generic-oidc",
    "keycloak",
    "okta",
  ]);
});

describe.each(guideNames)("the guide of %s", (name) => {
  const provider = partOf(name, "The provider");
  const claims = partOf(name, "A token");
  const providerType = String(provider["providerType"]);
  const issuer = String(provider["issuer"]);
  const audienceClaims = textsOf(provider["audienceClaims"] ?? "aud");
  const claimMappings = claimMappingsSchema.parse(provider["claimMappings"]);
  const preset = findPreset(providerType);

  test("maps its token to exactly the attributes it shows", () => {
    const mapped = mapClaims(prepareClaims(providerType, claims), claimMappings);

    expect(Object.fromEntries(mapped.attributes)).toEqual(partOf(name, "What policies read"));
    expect(mapped.problems).toEqual([]);
    expect(lintClaimMappings(claimMappings)).toEqual([]);
  });

  test("shows a token its provider accepts", () => {
    const deciding = audienceClaims.find((claim) => Object.hasOwn(claims, claim)) ?? "none";
    const allowed = textsOf(provider["allowedAudiences"]);

    expect(claims["iss"]).toBe(issuer);
    expect(textsOf(claims[deciding]).some((audience) => allowed.includes(audience))).toBe(true);
  });

  test("agrees with the preset", () => {
    expect(preset === undefined ? "no preset" : checkIssuer(preset, issuer)).toBeUndefined();
    expect(name.replace("generic-", "")).toBe(providerType);
    expect(audienceClaims).toEqual(preset?.audienceClaims);
  });

  test("shows to be pasted what the preset has", () => {
    const snippets = preset?.snippets ?? [];

    expect(readGuide(name)("Where each value is found")).toEqual(
      snippets.map(({ text }) => JSON.parse(text) as unknown),
    );
  });
});
