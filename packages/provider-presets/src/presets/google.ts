import type { ProviderPreset } from "../provider-preset.js";
import { sampleTimes } from "../sample-times.js";
import { clientMapping, emailMappings } from "./common-mappings.js";

const client = "407408718192-q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6.apps.googleusercontent.com";
const token = {
  iss: "https://accounts.google.com",
  sub: "110169484474386276334",
  aud: client,
  azp: client,
  email_verified: true,
  ...sampleTimes,
};

/** Google sign-in. */
export const google: ProviderPreset = {
  providerType: "google",
  name: "Google",
  issuer: {
    example: "https://accounts.google.com",
    pattern: /^https:\/\/accounts\.google\.com$/,
    description: "is always the same, without a slash at the end",
    slash: "forbidden",
    correct: (nearly) =>
      /^https:\/\/(?:[^/]+\.)?google(?:apis)?\.com(?:\/|$)/.test(nearly)
        ? "https://accounts.google.com"
        : undefined,
  },
  issuerAliases: ["accounts.google.com"],
  audienceClaims: ["aud"],
  algorithms: ["RS256"],
  tokenTypes: ["JWT"],
  clockToleranceSeconds: 30,
  locateKeys: () => ({ discovery: true }),
  claimMappings: [
    { attribute: "hosted_domain", jwtPath: "hd", type: "string" },
    clientMapping,
    { attribute: "name", jwtPath: "name", type: "string" },
    ...emailMappings,
  ],
  directions: [
    { setting: "issuer", text: "It is `https://accounts.google.com` for everybody." },
    {
      setting: "allowedAudiences",
      text: "Google Auth Platform › Clients shows the Client ID, which ends in `.apps.googleusercontent.com`.",
    },
    {
      setting: "tokens",
      text: "Send the ID token: access tokens of Google are opaque and no JWT.",
    },
  ],
  pitfalls: [
    "Some tokens spell the issuer `accounts.google.com`, without a scheme; both spellings are accepted.",
    "Anybody with a Google account gets a token: let policies ask for `ext_hosted_domain`, not for the end of an address.",
    "`hd` is there only for accounts of an organization.",
  ],
  samples: [
    {
      title: "an ID token of somebody in an organization",
      kind: "id_token",
      audience: client,
      claims: { ...token, hd: "acme.com", email: "ada@acme.com", name: "Ada Lovelace" },
      attributes: {
        ext_hosted_domain: "acme.com",
        ext_client_id: client,
        ext_name: "Ada Lovelace",
        ext_email: "ada@acme.com",
        ext_email_verified: true,
      },
    },
    {
      title: "an ID token of a private account, with the other spelling of the issuer",
      kind: "id_token",
      audience: client,
      claims: { ...token, iss: "accounts.google.com", email: "ada.at.acme@gmail.com" },
      attributes: {
        ext_client_id: client,
        ext_email: "ada.at.acme@gmail.com",
        ext_email_verified: true,
      },
    },
  ],
};
