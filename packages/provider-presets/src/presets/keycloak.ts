import { deriveKeycloakClaims } from "../derivations/keycloak-roles.js";
import { derivedClaim } from "../derived-claim.js";
import type { ProviderPreset } from "../provider-preset.js";
import { sampleTimes } from "../sample-times.js";
import { clientMapping, emailMappings, scopesMapping } from "./common-mappings.js";

const token = {
  iss: "https://id.acme.com/realms/acme",
  sub: "8f9a0b1c-2d3e-4f5a-8b6c-7d8e9f0a1b2c",
  ...sampleTimes,
  jti: "onrtac:2e3f4a5b-6c7d-4e8f-9a0b-1c2d3e4f5a6b",
};

/** Keycloak. */
export const keycloak: ProviderPreset = {
  providerType: "keycloak",
  name: "Keycloak",
  issuer: {
    example: "https://id.acme.com/realms/acme",
    pattern: /^https:\/\/[^\s/?#@]+(?:\/[^\s/?#]+)*\/realms\/[^\s/?#]+$/,
    description: "ends in `/realms/` and the name of the realm, without a slash at the end",
    slash: "forbidden",
    correct: (nearly) => /^(https:\/\/.+?\/realms\/[^/]+)\//.exec(`${nearly}/`)?.[1],
  },
  audienceClaims: ["aud"],
  algorithms: ["RS256"],
  tokenTypes: ["JWT", "at+jwt"],
  clockToleranceSeconds: 30,
  locateKeys: () => ({ discovery: true }),
  claimMappings: [
    { attribute: "realm_roles", jwtPath: "realm_access.roles", type: "string_set" },
    { attribute: "any_client_roles", jwtPath: "resource_access.*.roles", type: "string_set" },
    { attribute: "client_roles", jwtPath: derivedClaim("client_roles"), type: "string_set" },
    { attribute: "groups", jwtPath: "groups", type: "string_set" },
    scopesMapping,
    clientMapping,
    { attribute: "authentication_level", jwtPath: "acr", type: "string" },
    { attribute: "username", jwtPath: "preferred_username", type: "string" },
    ...emailMappings,
  ],
  deriveClaims: deriveKeycloakClaims,
  directions: [
    {
      setting: "issuer",
      text: "Realm settings › General › Endpoints › OpenID Endpoint Configuration shows it as `issuer`: the address of the server, `/realms/` and the realm. Versions before 17 have `/auth` before that.",
    },
    {
      setting: "allowedAudiences",
      text: "Clients › your application › Client scopes › the dedicated scope › Add mapper › Audience puts the client id of your API into `aud`.",
    },
    {
      setting: "claims",
      text: "The client scope `roles` puts realm and client roles in; a mapper of type Group Membership puts groups in.",
    },
  ],
  pitfalls: [
    "`aud` is `account` until a mapper of type Audience puts your API there.",
    "`any_client_roles` holds the roles of all clients without saying of which; policies had better read `client_roles`, `orders:approver`, or a mapping of `resource_access.orders.roles`.",
    "Behind a proxy Keycloak has to know its public address, or the issuer is an internal one.",
    "Group names begin with a slash when the mapper writes the full path.",
  ],
  samples: [
    {
      title: "an access token with roles of the realm and of several clients",
      kind: "access_token",
      audience: "orders-api",
      claims: {
        ...token,
        aud: ["orders-api", "account"],
        typ: "Bearer",
        azp: "shop",
        sid: "3f4a5b6c-7d8e-4f9a-8b0c-1d2e3f4a5b6c",
        acr: "1",
        realm_access: { roles: ["offline_access", "employee"] },
        resource_access: {
          "orders-api": { roles: ["approver", "reader"] },
          billing: { roles: ["reader"] },
          account: { roles: ["view-profile"] },
        },
        scope: "openid email",
        groups: ["/sales/emea"],
        preferred_username: "ada",
        email: "ada@acme.com",
        email_verified: true,
      },
      attributes: {
        ext_realm_roles: ["offline_access", "employee"],
        ext_any_client_roles: ["approver", "reader", "reader", "view-profile"],
        ext_client_roles: [
          "orders-api:approver",
          "orders-api:reader",
          "billing:reader",
          "account:view-profile",
        ],
        ext_groups: ["/sales/emea"],
        ext_scopes: ["openid", "email"],
        ext_client_id: "shop",
        ext_authentication_level: "1",
        ext_username: "ada",
        ext_email: "ada@acme.com",
        ext_email_verified: true,
      },
    },
    {
      title: "an access token of a service without any role",
      kind: "access_token",
      audience: "orders-api",
      claims: { ...token, aud: "orders-api", typ: "Bearer", azp: "importer", resource_access: {} },
      attributes: { ext_any_client_roles: [], ext_client_roles: [], ext_client_id: "importer" },
    },
    {
      title: "an access token without a mapper for the audience",
      kind: "access_token",
      claims: { ...token, aud: "account", typ: "Bearer", azp: "shop", scope: "profile" },
      attributes: { ext_scopes: ["profile"], ext_client_id: "shop" },
    },
  ],
};
