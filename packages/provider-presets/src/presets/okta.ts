import type { ProviderPreset } from "../provider-preset.js";
import { sampleTimes } from "../sample-times.js";
import { clientMapping, emailMappings, scopesMapping } from "./common-mappings.js";

const token = {
  iss: "https://acme.okta.com/oauth2/default",
  sub: "ada@acme.com",
  ...sampleTimes,
};

/** Okta. */
export const okta: ProviderPreset = {
  providerType: "okta",
  name: "Okta",
  issuer: {
    example: "https://acme.okta.com/oauth2/default",
    pattern: /^https:\/\/(?![^/]*-admin\.okta)[^\s/?#@A-Z]+\/oauth2\/(?!v\d)[^\s/?#]+$/,
    description: "is that of a custom authorization server, without a slash at the end",
    slash: "forbidden",
    correct: (nearly) => {
      const [, host = "", server = "default"] =
        /^https:\/\/([^/]+)(?:\/oauth2\/(?!v\d)([^/]+))?/.exec(nearly) ?? [];
      return `https://${host.replace(/-admin(?=\.okta)/, "")}/oauth2/${server}`;
    },
  },
  audienceClaims: ["aud"],
  algorithms: ["RS256"],
  tokenTypes: ["", "JWT", "at+jwt"],
  clockToleranceSeconds: 30,
  locateKeys: () => ({ discovery: true }),
  claimMappings: [
    { attribute: "user_id", jwtPath: "uid", type: "string" },
    { attribute: "groups", jwtPath: "groups", type: "string_set" },
    scopesMapping,
    clientMapping,
    ...emailMappings,
  ],
  directions: [
    {
      setting: "issuer",
      text: "Security › API › Authorization Servers shows the Issuer URI; `default` is there in most organizations.",
    },
    {
      setting: "allowedAudiences",
      text: "The same list shows the Audience of the authorization server, `api://default` to begin with.",
    },
    {
      setting: "claims",
      text: "Security › API › Authorization Servers › yours › Claims › Add Claim: name `groups`, in the Access Token, value type Groups, with a filter for those that matter.",
    },
  ],
  pitfalls: [
    "The organization itself, `https://acme.okta.com`, issues access tokens for Okta alone, which nobody else can verify: use a custom authorization server.",
    "`sub` of an access token is the login, which can change; `uid` is what stays.",
    "There are no groups in an access token until a claim of the authorization server puts them there.",
    "The address of the administration, `-admin.okta.com`, is not the issuer.",
  ],
  samples: [
    {
      title: "an access token with groups",
      kind: "access_token",
      audience: "api://default",
      claims: {
        ...token,
        ver: 1,
        jti: "AT.r4Nd0mT0k3nId3nT1f13r",
        aud: "api://default",
        cid: "0oa1b2c3d4E5F6g7h8i9",
        uid: "00u1a2b3c4D5E6f7g8h9",
        scp: ["openid", "orders.read"],
        auth_time: token.iat - 120,
        groups: ["Everyone", "order-approvers"],
      },
      attributes: {
        ext_user_id: "00u1a2b3c4D5E6f7g8h9",
        ext_groups: ["Everyone", "order-approvers"],
        ext_scopes: ["openid", "orders.read"],
        ext_client_id: "0oa1b2c3d4E5F6g7h8i9",
      },
    },
    {
      title: "an access token of a service",
      kind: "access_token",
      audience: "api://default",
      claims: {
        ...token,
        ver: 1,
        sub: "0oa9i8h7g6F5E4d3c2b1",
        aud: "api://default",
        cid: "0oa9i8h7g6F5E4d3c2b1",
        scp: ["orders.read"],
      },
      attributes: { ext_scopes: ["orders.read"], ext_client_id: "0oa9i8h7g6F5E4d3c2b1" },
    },
    {
      title: "an ID token, which is for the application",
      kind: "id_token",
      claims: {
        ...token,
        sub: "00u1a2b3c4D5E6f7g8h9",
        aud: "0oa1b2c3d4E5F6g7h8i9",
        email: "ada@acme.com",
        email_verified: true,
        groups: ["Everyone"],
      },
      attributes: {
        ext_groups: ["Everyone"],
        ext_email: "ada@acme.com",
        ext_email_verified: true,
      },
    },
  ],
};
