import type { IssuerKeys } from "@byot/token-verifier";
import type { ProviderPreset } from "../provider-preset.js";
import { sampleTimes } from "../sample-times.js";
import { clientMapping } from "./common-mappings.js";

const client = "client_01HXYZ8K3M5N7P9Q1R3S5T7V9W";
const token = {
  iss: `https://api.workos.com/user_management/${client}`,
  sub: "user_01HBEQ2K4M6N8P0Q2R4S6T8V0W",
  sid: "session_01HQSX2K4M6N8P0Q2R4S6T8V0W",
  jti: "01HQSX3K5M7N9P1Q3R5S7T9V1W",
  ...sampleTimes,
};

/** Keys are at an address of their own, by client; only the domain of AuthKit itself publishes where. */
function locateKeys(issuer: string): IssuerKeys {
  const [, id] = /\/user_management\/(client_[A-Za-z0-9]+)$/.exec(issuer) ?? [];
  return id === undefined
    ? { discovery: true }
    : { jwksUri: `https://api.workos.com/sso/jwks/${id}` };
}

/** WorkOS AuthKit. */
export const workos: ProviderPreset = {
  providerType: "workos",
  name: "WorkOS",
  issuer: {
    example: `https://api.workos.com/user_management/${client}`,
    pattern:
      /^https:\/\/(?:[^\s/?#@A-Z]+\/user_management\/client_[A-Za-z0-9]+|[a-z0-9-]+\.authkit\.app)$/,
    description:
      "is `https://api.workos.com/user_management/` and the client id, or the domain of AuthKit, without a slash at the end",
    slash: "forbidden",
    correct: (nearly) => {
      const [, id] = /(client_[A-Za-z0-9]+)/.exec(nearly) ?? [];
      return id === undefined
        ? nearly.replace(/^(https:\/\/[^/]+\.authkit\.app)\/.*$/, "$1")
        : `https://api.workos.com/user_management/${id}`;
    },
  },
  audienceClaims: ["aud", "client_id"],
  algorithms: ["RS256"],
  tokenTypes: ["", "JWT", "at+jwt"],
  clockToleranceSeconds: 30,
  locateKeys,
  claimMappings: [
    { attribute: "org_id", jwtPath: "org_id", type: "string" },
    { attribute: "role", jwtPath: "role", type: "string" },
    { attribute: "roles", jwtPath: "roles", type: "string_set" },
    { attribute: "permissions", jwtPath: "permissions", type: "string_set" },
    { attribute: "entitlements", jwtPath: "entitlements", type: "string_set" },
    { attribute: "feature_flags", jwtPath: "feature_flags", type: "string_set" },
    { attribute: "session_id", jwtPath: "sid", type: "string" },
    { attribute: "impersonated_by", jwtPath: "act.sub", type: "string" },
    clientMapping,
  ],
  directions: [
    {
      setting: "issuer",
      text: "Overview shows the Client ID; the issuer is `https://api.workos.com/user_management/` and that id. Look into a token: where its `iss` is `https://api.workos.com` alone, configure a provider of type `oidc` with the key set `https://api.workos.com/sso/jwks/` and the client id.",
    },
    {
      setting: "allowedAudiences",
      text: "Access tokens have no `aud`, but the Client ID as `client_id`. A JWT template may add an `aud`.",
    },
    {
      setting: "claims",
      text: "Authorization › Roles and Permissions fills `role`, `roles` and `permissions`; Authentication › Sessions › JWT template adds claims.",
    },
  ],
  pitfalls: [
    "The keys are at `https://api.workos.com/sso/jwks/` and the client id, not below the issuer.",
    "`org_id`, `role` and `permissions` are there only once the person has chosen an organization.",
    "The `act` claim says that somebody of yours acts as this person.",
  ],
  samples: [
    {
      title: "an access token in an organization",
      kind: "access_token",
      audience: client,
      claims: {
        ...token,
        client_id: client,
        org_id: "org_01HRDM2K4M6N8P0Q2R4S6T8V0W",
        role: "member",
        roles: ["member"],
        permissions: ["orders:read", "orders:approve"],
        entitlements: ["audit-logs"],
        feature_flags: ["new-checkout"],
      },
      attributes: {
        ext_org_id: "org_01HRDM2K4M6N8P0Q2R4S6T8V0W",
        ext_role: "member",
        ext_roles: ["member"],
        ext_permissions: ["orders:read", "orders:approve"],
        ext_entitlements: ["audit-logs"],
        ext_feature_flags: ["new-checkout"],
        ext_session_id: token.sid,
        ext_client_id: client,
      },
    },
    {
      title: "an access token outside any organization, impersonated",
      kind: "access_token",
      audience: client,
      claims: { ...token, client_id: client, act: { sub: "support@acme.com" } },
      attributes: {
        ext_session_id: token.sid,
        ext_impersonated_by: "support@acme.com",
        ext_client_id: client,
      },
    },
  ],
};
