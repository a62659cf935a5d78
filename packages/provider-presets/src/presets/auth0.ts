import { deriveAuth0Claims } from "../derivations/auth0-namespaces.js";
import { derivedClaim } from "../derived-claim.js";
import type { ProviderPreset } from "../provider-preset.js";
import { sampleTimes } from "../sample-times.js";
import { clientMapping, emailMappings, scopesMapping } from "./common-mappings.js";

const token = {
  iss: "https://acme.eu.auth0.com/",
  sub: "auth0|65f0c1d2e3a4b5c6d7e8f901",
  ...sampleTimes,
};

/** Auth0. */
export const auth0: ProviderPreset = {
  providerType: "auth0",
  name: "Auth0",
  issuer: {
    example: "https://acme.eu.auth0.com/",
    pattern: /^https:\/\/(?!manage\.auth0\.com\/)[^\s/?#@A-Z]+\/$/,
    description: "is the address of the tenant or of its custom domain, with a slash at the end",
    slash: "required",
    correct: (nearly) => nearly.replace(/^(https:\/\/[^/]+).*$/, "$1/"),
  },
  audienceClaims: ["aud"],
  algorithms: ["RS256"],
  tokenTypes: ["JWT", "at+jwt"],
  clockToleranceSeconds: 30,
  locateKeys: () => ({ discovery: true }),
  claimMappings: [
    { attribute: "permissions", jwtPath: "permissions", type: "string_set" },
    scopesMapping,
    {
      attribute: "roles",
      jwtPath: { anyOf: [derivedClaim("namespaced", "roles"), "roles"] },
      type: "string_set",
    },
    {
      attribute: "plan",
      jwtPath: { anyOf: [derivedClaim("namespaced", "plan"), "plan"] },
      type: "string",
    },
    clientMapping,
    { attribute: "org_id", jwtPath: "org_id", type: "string" },
    { attribute: "org_name", jwtPath: "org_name", type: "string" },
    ...emailMappings,
  ],
  deriveClaims: deriveAuth0Claims,
  directions: [
    {
      setting: "issuer",
      text: "Applications › your application › Settings shows the Domain; the issuer is `https://`, the domain and a slash. With a custom domain it is that one, for the tokens asked for there.",
    },
    {
      setting: "allowedAudiences",
      text: "Applications › APIs shows the Identifier of your API; applications ask for it as `audience`.",
    },
    {
      setting: "claims",
      text: "Applications › APIs › your API › Settings: switch on RBAC and Add Permissions in the Access Token. Other claims are set by a post-login Action with `api.accessToken.setCustomClaim`.",
    },
  ],
  pitfalls: [
    "The issuer ends in a slash.",
    "Without `audience` in the request the access token is opaque and no JWT at all.",
    'A claim with a namespace, `https://acme.com/roles`, is found by the last part of its name as `byot.namespaced.roles`, written as the list `["byot", "namespaced", "roles"]`.',
    "People may edit `user_metadata`; copy `app_metadata` into tokens.",
  ],
  samples: [
    {
      title: "an access token with permissions and roles in a namespace",
      kind: "access_token",
      audience: "https://api.acme.com",
      claims: {
        ...token,
        aud: ["https://api.acme.com", "https://acme.eu.auth0.com/userinfo"],
        azp: "mQ3kR7tV9wX1yZ5aB2cD4eF6gH8iJ0kL",
        scope: "openid profile read:orders",
        permissions: ["read:orders", "approve:orders"],
        org_id: "org_9ybsU1dN2dKfDkBi",
        org_name: "acme",
        "https://acme.com/roles": ["manager"],
        "https://acme.com/plan": "premium",
      },
      attributes: {
        ext_permissions: ["read:orders", "approve:orders"],
        ext_scopes: ["openid", "profile", "read:orders"],
        ext_roles: ["manager"],
        ext_plan: "premium",
        ext_client_id: "mQ3kR7tV9wX1yZ5aB2cD4eF6gH8iJ0kL",
        ext_org_id: "org_9ybsU1dN2dKfDkBi",
        ext_org_name: "acme",
      },
    },
    {
      title: "an access token of an application, in the profile of RFC 9068",
      kind: "access_token",
      audience: "https://api.acme.com",
      claims: {
        ...token,
        sub: "mQ3kR7tV9wX1yZ5aB2cD4eF6gH8iJ0kL@clients",
        aud: "https://api.acme.com",
        client_id: "mQ3kR7tV9wX1yZ5aB2cD4eF6gH8iJ0kL",
        jti: "Yq3Pz1mW8kT5vN2cX7bR4d",
        permissions: [],
      },
      attributes: {
        ext_permissions: [],
        ext_client_id: "mQ3kR7tV9wX1yZ5aB2cD4eF6gH8iJ0kL",
      },
    },
    {
      title: "an access token with two namespaces",
      kind: "access_token",
      audience: "https://api.acme.com",
      claims: {
        ...token,
        aud: "https://api.acme.com",
        "https://acme.com/roles": ["manager"],
        "https://umbrella.example/roles": ["owner"],
      },
      attributes: { ext_roles: { invalid: "wrong_type" } },
    },
    {
      title: "an ID token, which is for the application",
      kind: "id_token",
      claims: {
        ...token,
        aud: "mQ3kR7tV9wX1yZ5aB2cD4eF6gH8iJ0kL",
        email: "ada@acme.com",
        email_verified: true,
      },
      attributes: { ext_email: "ada@acme.com", ext_email_verified: true },
    },
  ],
};
