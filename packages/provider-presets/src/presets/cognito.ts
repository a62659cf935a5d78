import { deriveCognitoClaims } from "../derivations/cognito-token-use.js";
import type { ProviderPreset } from "../provider-preset.js";
import { sampleTimes } from "../sample-times.js";
import { clientMapping, emailMappings, scopesMapping } from "./common-mappings.js";

const token = {
  iss: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab3dE5fG7",
  sub: "62b5a4c4-d0e1-70f2-3a4b-5c6d7e8f9a0b",
  ...sampleTimes,
  origin_jti: "0c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f",
};
const client = "4k5l6m7n8o9p0q1r2s3t4u5v6w";

/** The region is the part of the pool's id before the underscore. */
function correct(nearly: string): string | undefined {
  const [, pool, region = ""] =
    /^https:\/\/(?:cognito-idp\.[^/]+\/)?(([a-z]{2,4}(?:-[a-z]+)+-\d)_[A-Za-z0-9]+)/.exec(nearly) ??
    [];
  const suffix = region.startsWith("cn-") ? ".cn" : "";
  return pool === undefined
    ? undefined
    : `https://cognito-idp.${region}.amazonaws.com${suffix}/${pool}`;
}

/** Amazon Cognito user pools. */
export const cognito: ProviderPreset = {
  providerType: "cognito",
  name: "Amazon Cognito",
  issuer: {
    example: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab3dE5fG7",
    pattern: /^https:\/\/cognito-idp\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/\1_[A-Za-z0-9]+$/,
    description: "has the region twice and the id of the user pool, without a slash at the end",
    slash: "forbidden",
    correct,
  },
  audienceClaims: ["client_id"],
  algorithms: ["RS256"],
  tokenTypes: ["", "JWT"],
  clockToleranceSeconds: 30,
  locateKeys: () => ({ discovery: true }),
  claimMappings: [
    { attribute: "groups", jwtPath: "cognito:groups", type: "string_set" },
    scopesMapping,
    clientMapping,
    { attribute: "token_use", jwtPath: "token_use", type: "string" },
    { attribute: "username", jwtPath: { anyOf: ["username", "cognito:username"] }, type: "string" },
    { attribute: "signed_in_at", jwtPath: "auth_time", type: "numeric_date" },
    { attribute: "plan", jwtPath: { anyOf: ["plan", "custom:plan"] }, type: "string" },
    ...emailMappings,
  ],
  deriveClaims: deriveCognitoClaims,
  directions: [
    {
      setting: "issuer",
      text: "User pools › your pool › Overview shows the User pool ID; the issuer is `https://cognito-idp.`, the region, `.amazonaws.com/` and that id.",
    },
    {
      setting: "allowedAudiences",
      text: "User pools › your pool › App clients shows the Client ID. An access token has it as `client_id`, and has no `aud`.",
    },
    {
      setting: "claims",
      text: "User pools › your pool › Groups makes groups. Other claims come into access tokens by a pre token generation trigger of version 2.",
    },
  ],
  pitfalls: [
    "An access token has no `aud`: the audience is in `client_id`.",
    "An ID token has `aud` and no `client_id`, and is refused for that; send the access token.",
    "The domain people sign in at, `amazoncognito.com`, is not the issuer.",
    "Attributes of the pool, `custom:plan`, are in ID tokens alone, and people may be able to write them.",
  ],
  samples: [
    {
      title: "an access token with groups",
      kind: "access_token",
      audience: client,
      claims: {
        ...token,
        client_id: client,
        token_use: "access",
        scope: "openid orders/read",
        auth_time: token.iat,
        username: "62b5a4c4-d0e1-70f2-3a4b-5c6d7e8f9a0b",
        "cognito:groups": ["approvers"],
        version: 2,
        jti: "1d2e3f4a-5b6c-4d7e-8f9a-0b1c2d3e4f5a",
      },
      attributes: {
        ext_groups: ["approvers"],
        ext_scopes: ["openid", "orders/read"],
        ext_client_id: client,
        ext_token_use: "access",
        ext_username: "62b5a4c4-d0e1-70f2-3a4b-5c6d7e8f9a0b",
        ext_signed_in_at: "2026-03-04T00:00:00Z",
      },
    },
    {
      title: "an access token of a service",
      kind: "access_token",
      audience: client,
      claims: {
        iss: token.iss,
        iat: token.iat,
        exp: token.exp,
        sub: client,
        client_id: client,
        token_use: "access",
        scope: "orders/import",
        version: 2,
      },
      attributes: {
        ext_scopes: ["orders/import"],
        ext_client_id: client,
        ext_token_use: "access",
      },
    },
    {
      title: "an ID token, which is for the application",
      kind: "id_token",
      claims: {
        ...token,
        aud: client,
        token_use: "id",
        auth_time: token.iat,
        "cognito:username": "ada",
        "cognito:groups": ["approvers"],
        "custom:plan": "premium",
        email: "ada@acme.com",
        email_verified: true,
      },
      attributes: {
        ext_groups: ["approvers"],
        ext_token_use: "id",
        ext_username: "ada",
        ext_signed_in_at: "2026-03-04T00:00:00Z",
        ext_plan: "premium",
        ext_email: "ada@acme.com",
        ext_email_verified: true,
      },
    },
  ],
};
