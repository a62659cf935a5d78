import { checkIssuer, findPreset, presets } from "@byot/provider-presets";
import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";

// Thousands of runs each: a slow machine may take its time, as long as every one of them holds.
vi.setConfig({ testTimeout: 60_000 });

const tenant = "5f1c2d3e-4a5b-4c6d-8e7f-9a0b1c2d3e4f";

function check(type: string, issuer: string) {
  const preset = findPreset(type);
  return preset && checkIssuer(preset, issuer);
}

describe("an issuer", () => {
  test.each([
    ["auth0", "https://acme.eu.auth0.com/"],
    ["auth0", "https://login.acme.com/"],
    ["clerk", "https://clerk.acme.com"],
    ["clerk", "https://lively-owl-7.clerk.accounts.dev"],
    ["cognito", "https://cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_Ab3dE5fG7"],
    ["cognito", "https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_Ab3dE5fG7"],
    ["entra", `https://login.microsoftonline.com/${tenant}/v2.0`],
    ["entra", `https://sts.windows.net/${tenant}/`],
    ["entra", `https://login.microsoftonline.us/${tenant}/v2.0`],
    ["entra", `https://acme.ciamlogin.com/${tenant}/v2.0`],
    ["entra", `https://acme.b2clogin.com/${tenant}/v2.0/`],
    ["keycloak", "https://id.acme.com/realms/acme"],
    ["keycloak", "https://id.acme.com:8443/auth/realms/acme"],
    ["okta", "https://acme.okta.com/oauth2/default"],
    ["okta", "https://id.acme.com/oauth2/aus1a2b3c4d5e6f7g8"],
    ["oidc", "https://id.acme.com/"],
    ["oidc", "https://id.acme.com/tenant/a"],
    ["oidc", "http://127.0.0.1:4001"],
    ["supabase", "https://auth.acme.com/auth/v1"],
    ["workos", "https://acme.authkit.app"],
    ["zitadel", "https://id.acme.com"],
  ])("of %s may be %s", (type, issuer) => {
    expect(check(type, issuer)).toBeUndefined();
  });

  test.each([
    ["auth0", "https://acme.eu.auth0.com", "slash_required", "https://acme.eu.auth0.com/"],
    ["auth0", "acme.eu.auth0.com", "misspelt", "https://acme.eu.auth0.com/"],
    ["auth0", "http://acme.eu.auth0.com/", "misspelt", "https://acme.eu.auth0.com/"],
    ["auth0", "https://acme.eu.auth0.com//", "slash_forbidden", "https://acme.eu.auth0.com/"],
    ["auth0", "https://acme.eu.auth0.com/api/v2/", "misspelt", "https://acme.eu.auth0.com/"],
    [
      "auth0",
      "https://acme.eu.auth0.com/.well-known/openid-configuration",
      "misspelt",
      "https://acme.eu.auth0.com/",
    ],
    ["clerk", "https://clerk.acme.com/", "slash_forbidden", "https://clerk.acme.com"],
    ["clerk", "https://Clerk.Acme.com", "misspelt", "https://clerk.acme.com"],
    [
      "clerk",
      "https://lively-owl-7.accounts.dev",
      "misspelt",
      "https://lively-owl-7.clerk.accounts.dev",
    ],
    [
      "cognito",
      "https://cognito-idp.us-east-1.amazonaws.com/eu-west-1_Ab3dE5fG7",
      "misspelt",
      "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab3dE5fG7",
    ],
    [
      "cognito",
      "eu-west-1_Ab3dE5fG7",
      "misspelt",
      "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab3dE5fG7",
    ],
    [
      "cognito",
      "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab3dE5fG7/",
      "slash_forbidden",
      "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab3dE5fG7",
    ],
    [
      "entra",
      `https://login.microsoftonline.com/${tenant}`,
      "misspelt",
      `https://login.microsoftonline.com/${tenant}/v2.0`,
    ],
    [
      "entra",
      `https://login.microsoftonline.com/${tenant}/v2.0/`,
      "slash_forbidden",
      `https://login.microsoftonline.com/${tenant}/v2.0`,
    ],
    [
      "entra",
      `https://login.microsoftonline.com/${tenant.toUpperCase()}/oauth2/v2.0/token`,
      "misspelt",
      `https://login.microsoftonline.com/${tenant}/v2.0`,
    ],
    [
      "entra",
      `https://sts.windows.net/${tenant}`,
      "slash_required",
      `https://sts.windows.net/${tenant}/`,
    ],
    ["firebase", "acme-shop", "misspelt", "https://securetoken.google.com/acme-shop"],
    [
      "firebase",
      "https://acme-shop.firebaseapp.com/",
      "misspelt",
      "https://securetoken.google.com/acme-shop",
    ],
    ["google", "accounts.google.com", "misspelt", "https://accounts.google.com"],
    ["google", "https://accounts.google.com/", "slash_forbidden", "https://accounts.google.com"],
    ["google", "https://oauth2.googleapis.com", "misspelt", "https://accounts.google.com"],
    [
      "keycloak",
      "https://id.acme.com/realms/acme/",
      "slash_forbidden",
      "https://id.acme.com/realms/acme",
    ],
    [
      "keycloak",
      "https://id.acme.com/realms/acme/protocol/openid-connect/token",
      "misspelt",
      "https://id.acme.com/realms/acme",
    ],
    ["okta", "https://acme.okta.com", "misspelt", "https://acme.okta.com/oauth2/default"],
    [
      "okta",
      "https://acme-admin.okta.com/admin/dashboard",
      "misspelt",
      "https://acme.okta.com/oauth2/default",
    ],
    [
      "okta",
      "https://acme.okta.com/oauth2/aus1a2b3/v1/authorize",
      "misspelt",
      "https://acme.okta.com/oauth2/aus1a2b3",
    ],
    ["oidc", " https://id.acme.com ", "misspelt", "https://id.acme.com"],
    ["oidc", "id.acme.com", "misspelt", "https://id.acme.com"],
    [
      "oidc",
      "https://id.acme.com/.well-known/openid-configuration",
      "misspelt",
      "https://id.acme.com",
    ],
    [
      "supabase",
      "https://supabase.com/dashboard/project/qwertyuiop",
      "misspelt",
      "https://qwertyuiop.supabase.co/auth/v1",
    ],
    [
      "supabase",
      "https://qwertyuiop.supabase.co",
      "misspelt",
      "https://qwertyuiop.supabase.co/auth/v1",
    ],
    [
      "workos",
      "https://api.workos.com/sso/jwks/client_01H",
      "misspelt",
      "https://api.workos.com/user_management/client_01H",
    ],
    ["zitadel", "https://id.acme.com/ui/console", "misspelt", "https://id.acme.com"],
  ])("of %s is not %s", (...[type, issuer, code, correction]) => {
    expect(check(type, issuer)).toEqual({
      code,
      correction,
      message: `issuer \`${issuer}\` has to be spelt \`${correction}\``,
    });
  });

  test.each([
    ["entra", "https://login.microsoftonline.com/common/v2.0"],
    ["entra", "https://login.microsoftonline.com/organizations/v2.0"],
    ["entra", "https://login.microsoftonline.com/{tenantid}/v2.0"],
    ["auth0", "https://YOUR_DOMAIN/"],
    ["okta", "https://your-domain.okta.com/oauth2/default"],
    ["keycloak", "https://id.acme.com/realms/<realm>"],
  ])("of %s has nothing left to fill in: %s", (type, issuer) => {
    const problem = check(type, issuer);

    expect(problem?.code).toBe("placeholder");
    expect(problem).not.toHaveProperty("correction");
  });

  test.each([
    ["cognito", "https://acme.auth.eu-west-1.amazoncognito.com"],
    ["entra", "https://login.microsoftonline.com/acme.onmicrosoft.com/v2.0"],
    ["keycloak", "https://id.acme.com"],
    ["clerk", "https://dashboard.clerk.com"],
    ["google", "https://id.acme.com"],
    ["workos", "https://api.workos.com"],
    ["oidc", ""],
  ])("of %s cannot be guessed from %s", (type, issuer) => {
    const problem = check(type, issuer);

    expect(problem?.code).toBe("not_of_provider");
    expect(problem?.message).toContain(findPreset(type)?.issuer.example);
  });

  test("that is proposed is one that is accepted, whatever was typed in", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...presets),
        fc.oneof(fc.webUrl(), fc.string({ unit: "binary" }), fc.domain()),
        (preset, issuer) => {
          const { correction = preset.issuer.example } = checkIssuer(preset, issuer) ?? {};

          expect(checkIssuer(preset, correction)).toBeUndefined();
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
