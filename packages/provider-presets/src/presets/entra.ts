import { deriveEntraClaims } from "../derivations/entra-groups.js";
import { derivedClaim } from "../derived-claim.js";
import type { ProviderPreset } from "../provider-preset.js";
import { sampleTimes } from "../sample-times.js";
import { clientMapping, scopesMapping } from "./common-mappings.js";

const tenant = "5f1c2d3e-4a5b-4c6d-8e7f-9a0b1c2d3e4f";
const person = {
  oid: "0b1c2d3e-4f5a-4b6c-9d7e-8f9a0b1c2d3e",
  sub: "hQ3kR7tV9wX1yZ5aB2cD4eF6gH8iJ0kLmN1oP3qR5sT",
  tid: tenant,
  ...sampleTimes,
  nbf: sampleTimes.iat,
};
const application = "c1d2e3f4-a5b6-4c7d-8e9f-0a1b2c3d4e5f";

const guid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const hosts = {
  v2: String.raw`login\.microsoftonline\.(?:com|us)|login\.partner\.microsoftonline\.cn|[^\s/]+\.ciamlogin\.com`,
  v1: String.raw`sts\.windows\.net|sts\.chinacloudapi\.cn`,
};

function correct(nearly: string): string | undefined {
  const [, host = "", id = ""] = /^https:\/\/([^/]+)\/([^/]+)/.exec(nearly) ?? [];
  return new RegExp(`^(?:${hosts.v1})$`).test(host)
    ? `https://${host}/${id.toLowerCase()}/`
    : `https://${host}/${id.toLowerCase()}/v2.0`;
}

/** Microsoft Entra ID, with tokens of version 1 and 2. */
export const entra: ProviderPreset = {
  providerType: "entra",
  name: "Microsoft Entra ID",
  issuer: {
    example: `https://login.microsoftonline.com/${tenant}/v2.0`,
    pattern: new RegExp(
      `^https://(?:(?:${hosts.v2})/${guid}/v2\\.0|(?:${hosts.v1})/${guid}/|[^\\s/]+\\.b2clogin\\.com/${guid}/v2\\.0/)$`,
    ),
    description:
      "names the tenant by its id and ends in `/v2.0`; for tokens of version 1 it is `https://sts.windows.net/`, the id and a slash",
    slash: "kept",
    placeholders: /^https?:\/\/[^/]+\/(?:common|organizations|consumers)(?:\/|$)/i,
    correct,
  },
  audienceClaims: ["aud"],
  algorithms: ["RS256"],
  tokenTypes: ["JWT"],
  clockToleranceSeconds: 60,
  locateKeys: () => ({ discovery: true }),
  claimMappings: [
    { attribute: "user_id", jwtPath: "oid", type: "string" },
    { attribute: "tenant_id", jwtPath: "tid", type: "string" },
    { attribute: "roles", jwtPath: "roles", type: "string_set" },
    { attribute: "groups", jwtPath: derivedClaim("groups"), type: "string_set" },
    { attribute: "groups_overage", jwtPath: derivedClaim("groups_overage"), type: "boolean" },
    scopesMapping,
    clientMapping,
    { attribute: "token_version", jwtPath: "ver", type: "string" },
  ],
  deriveClaims: deriveEntraClaims,
  directions: [
    {
      setting: "issuer",
      text: "Overview shows the Tenant ID. The version of access tokens is decided by the API that is asked for: Manifest › `requestedAccessTokenVersion` 2 gives the issuer that ends in `/v2.0`, and null or 1 the one at `sts.windows.net`.",
    },
    {
      setting: "allowedAudiences",
      text: "App registrations › your API › Expose an API shows the Application ID URI. Tokens of version 2 name the Application (client) ID instead.",
    },
    {
      setting: "claims",
      text: "App registrations › your API › App roles defines roles; Token configuration › Add groups claim › Groups assigned to the application puts groups in.",
    },
  ],
  pitfalls: [
    "`common` and `organizations` name no tenant: the issuer in tokens has the id of one.",
    "More than 200 groups are left out of a token altogether; `ext_groups` is then unusable and `ext_groups_overage` true. Emit the groups assigned to the application alone, or use app roles.",
    "A token for Microsoft Graph is not for you and cannot be verified by anybody else; ask for a scope of your own API.",
    "`preferred_username`, `upn` and `email` can change and be given to others; a person is `oid` and `tid`.",
  ],
  samples: [
    {
      title: "an access token of version 2 with roles and groups",
      kind: "access_token",
      audience: application,
      claims: {
        ...person,
        iss: `https://login.microsoftonline.com/${tenant}/v2.0`,
        aud: application,
        azp: "9e8d7c6b-5a4f-4e3d-8c2b-1a0f9e8d7c6b",
        azpacr: "1",
        ver: "2.0",
        scp: "orders.read orders.approve",
        roles: ["Order.Approver"],
        groups: ["7a6b5c4d-3e2f-4a1b-9c0d-e1f2a3b4c5d6"],
        preferred_username: "ada@acme.com",
      },
      attributes: {
        ext_user_id: person.oid,
        ext_tenant_id: tenant,
        ext_roles: ["Order.Approver"],
        ext_groups: ["7a6b5c4d-3e2f-4a1b-9c0d-e1f2a3b4c5d6"],
        ext_groups_overage: false,
        ext_scopes: ["orders.read", "orders.approve"],
        ext_client_id: "9e8d7c6b-5a4f-4e3d-8c2b-1a0f9e8d7c6b",
        ext_token_version: "2.0",
      },
    },
    {
      title: "an access token of version 1 of somebody in more than 200 groups",
      kind: "access_token",
      audience: "api://orders",
      claims: {
        ...person,
        iss: `https://sts.windows.net/${tenant}/`,
        aud: "api://orders",
        appid: "9e8d7c6b-5a4f-4e3d-8c2b-1a0f9e8d7c6b",
        ver: "1.0",
        scp: "orders.read",
        _claim_names: { groups: "src1" },
        _claim_sources: {
          src1: {
            endpoint: `https://graph.windows.net/${tenant}/users/${person.oid}/getMemberObjects`,
          },
        },
      },
      attributes: {
        ext_user_id: person.oid,
        ext_tenant_id: tenant,
        ext_groups: { invalid: "wrong_type" },
        ext_groups_overage: true,
        ext_scopes: ["orders.read"],
        ext_client_id: "9e8d7c6b-5a4f-4e3d-8c2b-1a0f9e8d7c6b",
        ext_token_version: "1.0",
      },
    },
    {
      title: "an access token of a service, with an app role",
      kind: "access_token",
      audience: application,
      claims: {
        ...person,
        iss: `https://login.microsoftonline.com/${tenant}/v2.0`,
        aud: application,
        azp: "2b1a0f9e-8d7c-4b6a-9f5e-4d3c2b1a0f9e",
        ver: "2.0",
        roles: ["Order.Import"],
        idtyp: "app",
      },
      attributes: {
        ext_user_id: person.oid,
        ext_tenant_id: tenant,
        ext_roles: ["Order.Import"],
        ext_groups_overage: false,
        ext_client_id: "2b1a0f9e-8d7c-4b6a-9f5e-4d3c2b1a0f9e",
        ext_token_version: "2.0",
      },
    },
  ],
};
