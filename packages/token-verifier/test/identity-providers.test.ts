import { readFile } from "node:fs/promises";
import type { TrustedIssuer } from "@byot/token-verifier";
import { describe, expect, test } from "vitest";
import { acmeKey, adaClaims, outcome, verifyToken } from "./support/acme.js";
import { signToken } from "./support/signing-key.js";

const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");

/** Settings as the table of the manual has them, by the words that a row begins with. */
function documented(name: string): Partial<TrustedIssuer> {
  const row = readme.split("\n").find((line) => line.startsWith(`| ${name}`)) ?? "";
  const [, issuer = "", settings = ""] = /`(https:[^`]*)` *\| *`(\{.*\})`/.exec(row) ?? [];
  return { issuer, ...parseSettings(settings) };
}

function parseSettings(text: string): Partial<TrustedIssuer> {
  return JSON.parse(text);
}

type Claims = Readonly<Record<string, unknown>>;

function verify(settings: Partial<TrustedIssuer>, claims: Claims): Promise<string> {
  return outcome(verifyToken(signToken({ ...adaClaims, ...claims }, acmeKey), settings));
}

const auth0 = "https://acme.eu.auth0.com/";
const clerk = "https://clerk.acme.example";
const entraV1 = "https://sts.windows.net/72f988bf/";
const entraV2 = "https://login.microsoftonline.com/72f988bf/v2.0";
const cognito = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_acme";
const cognitoAccess = {
  iss: cognito,
  aud: undefined,
  client_id: "4kq2acme",
  token_use: "access",
};
const clerkSession = { iss: clerk, aud: undefined, azp: "https://app.acme.example" };

describe("with the settings of the manual", () => {
  test.each<[string, string, Claims]>([
    ["Auth0", "Auth0, with the slash", { iss: auth0 }],
    ["Clerk", "Clerk, without one", { iss: clerk }],
    ["Clerk sessions", "Clerk sessions", clerkSession],
    ["Cognito access", "Cognito access tokens", cognitoAccess],
    ["Entra v1", "Entra v1", { iss: entraV1 }],
    ["Entra v2", "Entra v2", { iss: entraV2 }],
    ["Google in its long spelling", "Google", { iss: "https://accounts.google.com" }],
    ["Google in its short spelling", "Google", { iss: "accounts.google.com" }],
  ])("the tokens of %s are accepted", async (_provider, name, claims) => {
    await expect(verify(documented(name), claims)).resolves.toBe("accepted");
  });

  test.each<[string, string, Claims]>([
    ["Auth0 without the slash", "Auth0", { iss: auth0.slice(0, -1) }],
    ["Clerk with a slash", "Clerk, without one", { iss: `${clerk}/` }],
    ["Entra v1 where v2 is trusted", "Entra v2", { iss: entraV1 }],
    ["another tenant of Entra", "Entra v2", { iss: entraV2.replace("72f988bf", "9188040d") }],
    ["Google in a third spelling", "Google", { iss: "https://accounts.google.com/" }],
  ])("the tokens of %s are refused", async (_provider, name, claims) => {
    await expect(verify(documented(name), claims)).resolves.toBe("token_issuer_unknown");
  });

  test.each<[string, string, Claims]>([
    [
      "Clerk for another app",
      "Clerk sessions",
      { ...clerkSession, azp: "https://mallory.example" },
    ],
    ["Cognito for another client", "Cognito", { ...cognitoAccess, client_id: "mallory" }],
    ["Cognito with an `aud` of its own", "Cognito", { ...cognitoAccess, aud: "mallory" }],
  ])("the tokens of %s are refused", async (_provider, name, claims) => {
    await expect(verify(documented(name), claims)).resolves.toBe("token_audience_mismatch");
  });

  test("and without them Cognito's and Clerk's sessions are refused", async () => {
    const cognitoAlone = { issuer: cognito, allowedAudiences: ["4kq2acme"] } as const;
    const clerkAlone = { issuer: clerk, allowedAudiences: ["https://app.acme.example"] } as const;

    await expect(verify(cognitoAlone, cognitoAccess)).resolves.toBe("token_audience_mismatch");
    await expect(verify(clerkAlone, clerkSession)).resolves.toBe("token_audience_mismatch");
  });
});
