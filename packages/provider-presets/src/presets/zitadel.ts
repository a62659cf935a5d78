import { deriveZitadelClaims } from "../derivations/zitadel-roles.js";
import { derivedClaim } from "../derived-claim.js";
import type { ProviderPreset } from "../provider-preset.js";
import { sampleTimes } from "../sample-times.js";
import { clientMapping, emailMappings } from "./common-mappings.js";

const token = {
  iss: "https://acme-x7k2m9.zitadel.cloud",
  sub: "271828182845904523",
  aud: ["314159265358979323", "314159265358979111"],
  client_id: "314159265358979323",
  jti: "V2_271828182845904999",
  nbf: sampleTimes.iat,
  ...sampleTimes,
};

/** ZITADEL. */
export const zitadel: ProviderPreset = {
  providerType: "zitadel",
  name: "ZITADEL",
  issuer: {
    example: "https://acme-x7k2m9.zitadel.cloud",
    pattern: /^https:\/\/[^\s/?#@A-Z]+$/,
    description: "is the address of the instance, without a path and without a slash at the end",
    slash: "forbidden",
    correct: (nearly) => nearly.replace(/^(https:\/\/[^/]+)\/.*$/, "$1"),
  },
  audienceClaims: ["aud"],
  algorithms: ["RS256"],
  tokenTypes: ["", "JWT", "at+jwt"],
  clockToleranceSeconds: 30,
  locateKeys: () => ({ discovery: true }),
  claimMappings: [
    { attribute: "roles", jwtPath: derivedClaim("roles"), type: "string_set" },
    {
      attribute: "organization_roles",
      jwtPath: derivedClaim("organization_roles"),
      type: "string_set",
    },
    {
      attribute: "org_id",
      jwtPath: ["urn:zitadel:iam:user:resourceowner:id"],
      type: "string",
    },
    clientMapping,
    ...emailMappings,
  ],
  deriveClaims: deriveZitadelClaims,
  directions: [
    {
      setting: "issuer",
      text: "It is the address of your instance; the well-known configuration of an application shows it as `issuer`.",
    },
    {
      setting: "allowedAudiences",
      text: "Projects › your project shows the Resource Id; applications ask for it with the scope `urn:zitadel:iam:org:project:id:<id>:aud`.",
    },
    {
      setting: "tokens",
      text: "Projects › your application › Token Settings: choose JWT as Auth Token Type; the other type is opaque.",
    },
    {
      setting: "claims",
      text: "Projects › your project › General: Assert Roles on Authentication puts the roles in.",
    },
  ],
  pitfalls: [
    "Roles are names of members and come with the organizations that grant them; read `ext_organization_roles`, `<organization id>:<role>`, where that matters.",
    "Access tokens are opaque until the application asks for JWT.",
    "Values of `urn:zitadel:iam:user:metadata` are base64 and cannot be mapped as they are.",
  ],
  samples: [
    {
      title: "an access token with roles of two organizations",
      kind: "access_token",
      audience: "314159265358979111",
      claims: {
        ...token,
        "urn:zitadel:iam:org:project:roles": {
          approver: {
            "161803398874989484": "acme.zitadel.cloud",
            "161803398874989555": "umbrella.zitadel.cloud",
          },
          reader: { "161803398874989484": "acme.zitadel.cloud" },
        },
        "urn:zitadel:iam:user:resourceowner:id": "161803398874989484",
      },
      attributes: {
        ext_roles: ["approver", "reader"],
        ext_organization_roles: [
          "161803398874989484:approver",
          "161803398874989555:approver",
          "161803398874989484:reader",
        ],
        ext_org_id: "161803398874989484",
        ext_client_id: "314159265358979323",
      },
    },
    {
      title: "an access token without roles",
      kind: "access_token",
      audience: "314159265358979111",
      claims: token,
      attributes: { ext_client_id: "314159265358979323" },
    },
    {
      title: "an ID token with a verified address",
      kind: "id_token",
      audience: "314159265358979323",
      claims: {
        ...token,
        azp: "314159265358979323",
        email: "ada@acme.com",
        email_verified: true,
      },
      attributes: {
        ext_client_id: "314159265358979323",
        ext_email: "ada@acme.com",
        ext_email_verified: true,
      },
    },
  ],
};
