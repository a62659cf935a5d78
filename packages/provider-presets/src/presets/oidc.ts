import type { ProviderPreset } from "../provider-preset.js";
import { sampleTimes } from "../sample-times.js";
import { clientMapping, emailMappings, scopesMapping } from "./common-mappings.js";

const token = { iss: "https://id.acme.com", sub: "248289761001", ...sampleTimes };

/** Any OpenID Connect provider. */
export const oidc: ProviderPreset = {
  providerType: "oidc",
  name: "OpenID Connect",
  issuer: {
    example: "https://id.acme.com",
    pattern:
      /^(?:https:\/\/[^\s/?#@]+|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?)(?!.*\/\.well-known\/)(?:\/[^\s?#]*)?$/,
    description: "is an https address without query or fragment",
    slash: "kept",
  },
  audienceClaims: ["aud"],
  algorithms: ["RS256"],
  tokenTypes: ["", "JWT", "at+jwt"],
  clockToleranceSeconds: 30,
  locateKeys: () => ({ discovery: true }),
  claimMappings: [
    { attribute: "roles", jwtPath: "roles", type: "string_set" },
    { attribute: "groups", jwtPath: "groups", type: "string_set" },
    scopesMapping,
    clientMapping,
    ...emailMappings,
  ],
  directions: [
    {
      setting: "issuer",
      text: "Open `/.well-known/openid-configuration` below the address of the provider: `issuer` is there, to the last slash.",
    },
    {
      setting: "allowedAudiences",
      text: "It is what the provider calls your API: a resource, an audience, an identifier. Look into `aud` of an access token.",
    },
    {
      setting: "claims",
      text: "Look for custom claims, mappers or scopes in the provider's settings for access tokens.",
    },
  ],
  pitfalls: [
    "An ID token is for the application: send the access token, and make sure it is a JWT.",
    "The issuer is compared character by character, the slash at the end included.",
    "Without `roles` or `groups` in the token there is nothing to map: most providers have to be told.",
  ],
  samples: [
    {
      title: "an access token in the profile of RFC 9068",
      kind: "access_token",
      audience: "https://api.acme.com",
      claims: {
        ...token,
        aud: "https://api.acme.com",
        client_id: "shop",
        jti: "dbe39bf3a3ba4238a513f51d6e1691c4",
        scope: "openid orders.read",
        roles: ["manager"],
        groups: "sales",
      },
      attributes: {
        ext_roles: ["manager"],
        ext_groups: ["sales"],
        ext_scopes: ["openid", "orders.read"],
        ext_client_id: "shop",
      },
    },
    {
      title: "an access token with as little as there can be",
      kind: "access_token",
      audience: "https://api.acme.com",
      claims: { ...token, aud: ["https://api.acme.com"] },
      attributes: {},
    },
    {
      title: "an ID token, which is for the application",
      kind: "id_token",
      claims: { ...token, aud: "shop", azp: "shop", email: "ada@acme.com", email_verified: false },
      attributes: {
        ext_client_id: "shop",
        ext_email: "ada@acme.com",
        ext_email_verified: false,
      },
    },
  ],
};
