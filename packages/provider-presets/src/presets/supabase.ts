import type { ProviderPreset } from "../provider-preset.js";
import { sampleTimes } from "../sample-times.js";

const token = {
  iss: "https://qwertyuiopasdfghjklz.supabase.co/auth/v1",
  sub: "4a5b6c7d-8e9f-4a0b-8c1d-2e3f4a5b6c7d",
  aud: "authenticated",
  role: "authenticated",
  session_id: "5b6c7d8e-9f0a-4b1c-9d2e-3f4a5b6c7d8e",
  phone: "",
  ...sampleTimes,
};

/** Supabase Auth. */
export const supabase: ProviderPreset = {
  providerType: "supabase",
  name: "Supabase",
  issuer: {
    example: "https://qwertyuiopasdfghjklz.supabase.co/auth/v1",
    pattern: /^https:\/\/(?!(?:api\.|www\.)?supabase\.com\/)[^\s/?#@A-Z]+\/auth\/v1$/,
    description: "is the address of the project and `/auth/v1`, without a slash at the end",
    slash: "forbidden",
    correct: (nearly) => {
      const [, reference] =
        /^https:\/\/supabase\.com\/dashboard\/project\/([a-z0-9]+)/.exec(nearly) ?? [];
      return reference === undefined
        ? nearly.replace(/^(https:\/\/[^/]+).*$/, "$1/auth/v1")
        : `https://${reference}.supabase.co/auth/v1`;
    },
  },
  audienceClaims: ["aud"],
  algorithms: ["RS256", "ES256"],
  tokenTypes: ["JWT"],
  clockToleranceSeconds: 30,
  locateKeys: (issuer) => ({ jwksUri: `${issuer}/.well-known/jwks.json` }),
  claimMappings: [
    { attribute: "database_role", jwtPath: "role", type: "string" },
    { attribute: "role", jwtPath: "app_metadata.role", type: "string" },
    { attribute: "plan", jwtPath: "app_metadata.plan", type: "string" },
    { attribute: "sign_in_provider", jwtPath: "app_metadata.provider", type: "string" },
    { attribute: "assurance_level", jwtPath: "aal", type: "string" },
    {
      attribute: "sign_in_methods",
      jwtPath: { anyOf: ["amr.*.method", "amr"] },
      type: "string_set",
    },
    { attribute: "is_anonymous", jwtPath: "is_anonymous", type: "boolean" },
    { attribute: "session_id", jwtPath: "session_id", type: "string" },
  ],
  directions: [
    {
      setting: "issuer",
      text: "Project Settings › Data API shows the Project URL; the issuer is that and `/auth/v1`.",
    },
    {
      setting: "allowedAudiences",
      text: "It is `authenticated` for everybody who signed in.",
    },
    {
      setting: "algorithms",
      text: "Project Settings › JWT Keys: tokens have to be signed by an asymmetric key. RSA (RS256) is accepted right away; the shared secret (HS256) never is.",
    },
    {
      setting: "claims",
      text: "`app_metadata` is written by the back end alone; a Custom Access Token hook adds claims of any name.",
    },
  ],
  pitfalls: [
    "A project with the legacy JWT secret signs with HS256, which anybody who can verify can also forge: move it to an asymmetric signing key.",
    "People write `user_metadata` themselves; nothing may be allowed by it.",
    "The audience is the same in every project: it is the issuer that tells them apart.",
    "Somebody anonymous is `authenticated` too; ask for `ext_is_anonymous`.",
  ],
  samples: [
    {
      title: "an access token after a second factor",
      kind: "access_token",
      audience: "authenticated",
      claims: {
        ...token,
        aal: "aal2",
        amr: [
          { method: "totp", timestamp: sampleTimes.iat },
          { method: "password", timestamp: sampleTimes.iat - 30 },
        ],
        is_anonymous: false,
        email: "ada@acme.com",
        app_metadata: { provider: "email", providers: ["email"], role: "manager", plan: "premium" },
        user_metadata: { plan: "enterprise" },
      },
      attributes: {
        ext_database_role: "authenticated",
        ext_role: "manager",
        ext_plan: "premium",
        ext_sign_in_provider: "email",
        ext_assurance_level: "aal2",
        ext_sign_in_methods: ["totp", "password"],
        ext_is_anonymous: false,
        ext_session_id: token.session_id,
      },
    },
    {
      title: "an access token of somebody anonymous",
      kind: "access_token",
      audience: "authenticated",
      claims: {
        ...token,
        aal: "aal1",
        amr: ["anonymous"],
        is_anonymous: true,
        app_metadata: {},
        user_metadata: {},
      },
      attributes: {
        ext_database_role: "authenticated",
        ext_assurance_level: "aal1",
        ext_sign_in_methods: ["anonymous"],
        ext_is_anonymous: true,
        ext_session_id: token.session_id,
      },
    },
  ],
};
