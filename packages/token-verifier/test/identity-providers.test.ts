import type { TrustedIssuer } from "@byot/token-verifier";
import { describe, expect, test } from "vitest";
import { acmeKey, adaClaims, outcome, verifyToken } from "./support/acme.js";
import { signToken } from "./support/signing-key.js";

interface Habit {
  readonly settings: Partial<TrustedIssuer>;
  readonly claims: Readonly<Record<string, unknown>>;
}

function verifyHabit({ settings, claims }: Habit): Promise<string> {
  return outcome(verifyToken(signToken({ ...adaClaims, ...claims }, acmeKey), settings));
}

const auth0 = "https://acme.eu.auth0.com/";
const clerk = "https://clerk.acme.example";
const entraV1 = "https://sts.windows.net/72f988bf/";
const entraV2 = "https://login.microsoftonline.com/72f988bf/v2.0";
const google = "https://accounts.google.com";
const cognito = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_acme";

describe("the tokens of", () => {
  test.each<[string, Habit]>([
    [
      "Auth0, whose issuer ends in a slash",
      { settings: { issuer: auth0 }, claims: { iss: auth0 } },
    ],
    ["Clerk, whose issuer does not", { settings: { issuer: clerk }, claims: { iss: clerk } }],
    [
      "Clerk sessions, which have `azp` and no `aud`",
      {
        settings: {
          issuer: clerk,
          audienceClaims: ["aud", "azp"],
          allowedAudiences: ["https://app.acme.example"],
        },
        claims: { iss: clerk, aud: undefined, azp: "https://app.acme.example" },
      },
    ],
    ["Entra v1", { settings: { issuer: entraV1 }, claims: { iss: entraV1 } }],
    ["Entra v2", { settings: { issuer: entraV2 }, claims: { iss: entraV2 } }],
    [
      "Google in its long spelling",
      {
        settings: { issuer: google, issuerAliases: ["accounts.google.com"] },
        claims: { iss: google },
      },
    ],
    [
      "Google in its short spelling",
      {
        settings: { issuer: google, issuerAliases: ["accounts.google.com"] },
        claims: { iss: "accounts.google.com" },
      },
    ],
    [
      "Cognito access, which have `client_id` and no `aud`",
      {
        settings: {
          issuer: cognito,
          audienceClaims: ["aud", "client_id"],
          allowedAudiences: ["4kq2acme"],
        },
        claims: { iss: cognito, aud: undefined, client_id: "4kq2acme", token_use: "access" },
      },
    ],
  ])("%s are accepted", async (_provider, habit) => {
    await expect(verifyHabit(habit)).resolves.toBe("accepted");
  });

  test.each<[string, string, Habit]>([
    [
      "Auth0 without the slash",
      "token_issuer_unknown",
      { settings: { issuer: auth0 }, claims: { iss: auth0.slice(0, -1) } },
    ],
    [
      "Entra v1 where v2 is trusted",
      "token_issuer_unknown",
      { settings: { issuer: entraV2 }, claims: { iss: entraV1 } },
    ],
    [
      "Cognito where only `aud` counts",
      "token_audience_mismatch",
      {
        settings: { issuer: cognito, allowedAudiences: ["4kq2acme"] },
        claims: { iss: cognito, aud: undefined, client_id: "4kq2acme" },
      },
    ],
  ])("%s are refused: %s", async (_provider, expected, habit) => {
    await expect(verifyHabit(habit)).resolves.toBe(expected);
  });
});
