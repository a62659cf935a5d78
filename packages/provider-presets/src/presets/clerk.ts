import { deriveClerkClaims } from "../derivations/clerk-permissions.js";
import { derivedClaim } from "../derived-claim.js";
import type { ProviderPreset } from "../provider-preset.js";
import { sampleIssuedAt } from "../sample-times.js";

const session = {
  iss: "https://lively-owl-7.clerk.accounts.dev",
  sub: "user_2aB3cD4eF5gH6iJ7kL8mN9oP0qR",
  azp: "https://app.acme.com",
  sid: "sess_2aB3cD4eF5gH6iJ7kL8mN9oP0qS",
  iat: sampleIssuedAt,
  nbf: sampleIssuedAt - 10,
  exp: sampleIssuedAt + 60,
};

/** Clerk. */
export const clerk: ProviderPreset = {
  providerType: "clerk",
  name: "Clerk",
  issuer: {
    example: "https://lively-owl-7.clerk.accounts.dev",
    pattern:
      /^https:\/\/(?!(?:api|dashboard)\.clerk\.com$)(?!(?:[^.]+)\.accounts\.dev$)[^\s/?#@A-Z]+$/,
    description:
      "is the address of its Frontend API, without a path and without a slash at the end",
    slash: "forbidden",
    correct: (nearly) =>
      nearly
        .replace(/^(https:\/\/[^/]+)\/.*$/, "$1")
        .replace(/^(https:\/\/[^./]+)\.accounts\.dev$/, "$1.clerk.accounts.dev"),
  },
  audienceClaims: ["aud", "azp"],
  algorithms: ["RS256"],
  tokenTypes: ["JWT"],
  clockToleranceSeconds: 10,
  locateKeys: () => ({ discovery: true }),
  claimMappings: [
    { attribute: "org_id", jwtPath: { anyOf: ["org_id", "o.id"] }, type: "string" },
    { attribute: "org_slug", jwtPath: { anyOf: ["org_slug", "o.slg"] }, type: "string" },
    {
      attribute: "org_role",
      jwtPath: { anyOf: ["org_role", "o.rol"] },
      transforms: ["strip_prefix:org:"],
      type: "string",
    },
    {
      attribute: "permissions",
      jwtPath: { anyOf: [derivedClaim("permissions"), "org_permissions"] },
      type: "string_set",
    },
    { attribute: "features", jwtPath: "fea", transforms: ["split:,", "trim"], type: "string_set" },
    { attribute: "plans", jwtPath: "pla", transforms: ["split:,", "trim"], type: "string_set" },
    { attribute: "plan", jwtPath: "metadata.plan", type: "string" },
    { attribute: "role", jwtPath: "metadata.role", type: "string" },
    { attribute: "session_id", jwtPath: "sid", type: "string" },
    { attribute: "session_status", jwtPath: "sts", type: "string" },
    { attribute: "acting_user_id", jwtPath: "act.sub", type: "string" },
  ],
  deriveClaims: deriveClerkClaims,
  directions: [
    {
      setting: "issuer",
      text: "Configure › API keys shows the Frontend API URL; it is the issuer, without a slash at the end.",
    },
    {
      setting: "allowedAudiences",
      text: "A session token has no `aud`: list the origins of your applications, which are its `azp`. A token of a JWT template has the `aud` written there.",
    },
    {
      setting: "claims",
      text: "Configure › Sessions › Customize session token adds claims to every session token; Configure › JWT templates makes a token of its own.",
    },
    {
      setting: "tokens",
      text: "In the browser `await session.getToken()` returns the session token, and `getToken({ template })` one of a template.",
    },
  ],
  snippets: [
    {
      title: "Customize session token",
      text: '{\n  "metadata": "{{user.public_metadata}}"\n}\n',
    },
    {
      title: "JWT template",
      text: [
        "{",
        '  "aud": "https://api.acme.com",',
        '  "metadata": "{{user.public_metadata}}",',
        '  "org_id": "{{org.id}}",',
        '  "org_slug": "{{org.slug}}",',
        '  "org_role": "{{org.role}}"',
        "}",
        "",
      ].join("\n"),
    },
  ],
  pitfalls: [
    "Sessions last a minute: a token that was kept for later is refused as expired.",
    "`azp` is left out when the browser sends no origin; such a token is refused unless a template gives it an `aud`.",
    'The permissions of a session token of version 2 are bit masks; map `byot.permissions`, which has them decoded, as the list of names `["byot", "permissions"]`.',
    "Put into templates what the back end alone can write, `public_metadata`; people write `unsafe_metadata` themselves.",
    "The `act` claim says that somebody else acts as this person.",
  ],
  samples: [
    {
      title: "a session token of version 2, in an organization",
      kind: "session_token",
      audience: "https://app.acme.com",
      claims: {
        ...session,
        v: 2,
        fva: [7, -1],
        sts: "active",
        pla: "o:pro",
        fea: "o:invoices,o:reports",
        o: {
          id: "org_2aB3cD4eF5gH6iJ7kL8mN9oP0qT",
          slg: "acme",
          rol: "admin",
          per: "create,read",
          fpm: "3,2",
        },
        metadata: { plan: "premium", role: "manager" },
      },
      attributes: {
        ext_org_id: "org_2aB3cD4eF5gH6iJ7kL8mN9oP0qT",
        ext_org_slug: "acme",
        ext_org_role: "admin",
        ext_permissions: ["org:invoices:create", "org:invoices:read", "org:reports:read"],
        ext_features: ["o:invoices", "o:reports"],
        ext_plans: ["o:pro"],
        ext_plan: "premium",
        ext_role: "manager",
        ext_session_id: "sess_2aB3cD4eF5gH6iJ7kL8mN9oP0qS",
        ext_session_status: "active",
      },
    },
    {
      title: "a session token of version 2, outside any organization",
      kind: "session_token",
      audience: "https://app.acme.com",
      claims: { ...session, v: 2, fva: [0, -1], pla: "u:free", fea: "u:dashboard", sts: "active" },
      attributes: {
        ext_features: ["u:dashboard"],
        ext_plans: ["u:free"],
        ext_session_id: "sess_2aB3cD4eF5gH6iJ7kL8mN9oP0qS",
        ext_session_status: "active",
      },
    },
    {
      title: "a session token of version 2 whose permissions do not add up",
      kind: "session_token",
      audience: "https://app.acme.com",
      claims: {
        ...session,
        v: 2,
        fea: "o:invoices",
        o: { id: "org_2a", rol: "member", per: "read", fpm: "1,1" },
      },
      attributes: {
        ext_org_id: "org_2a",
        ext_org_role: "member",
        ext_permissions: { invalid: "wrong_type" },
        ext_features: ["o:invoices"],
        ext_session_id: "sess_2aB3cD4eF5gH6iJ7kL8mN9oP0qS",
      },
    },
    {
      title: "a session token of version 1",
      kind: "session_token",
      audience: "https://app.acme.com",
      claims: {
        ...session,
        org_id: "org_2a",
        org_slug: "acme",
        org_role: "org:member",
        org_permissions: ["org:invoices:read"],
      },
      attributes: {
        ext_org_id: "org_2a",
        ext_org_slug: "acme",
        ext_org_role: "member",
        ext_permissions: ["org:invoices:read"],
        ext_session_id: "sess_2aB3cD4eF5gH6iJ7kL8mN9oP0qS",
      },
    },
    {
      title: "a token of a JWT template, of somebody impersonated",
      kind: "access_token",
      audience: "https://api.acme.com",
      claims: {
        iss: session.iss,
        sub: session.sub,
        aud: "https://api.acme.com",
        azp: session.azp,
        iat: session.iat,
        nbf: session.nbf,
        exp: session.exp,
        jti: "4f2c8c5be2a14c3b9d4e",
        act: { sub: "user_support" },
        metadata: { plan: "free" },
        org_id: null,
        org_slug: null,
        org_role: null,
      },
      attributes: { ext_plan: "free", ext_acting_user_id: "user_support" },
    },
  ],
};
