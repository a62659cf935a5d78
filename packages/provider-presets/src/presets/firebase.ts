import type { ProviderPreset } from "../provider-preset.js";
import { sampleTimes } from "../sample-times.js";
import { emailMappings } from "./common-mappings.js";

const token = {
  iss: "https://securetoken.google.com/acme-shop",
  aud: "acme-shop",
  sub: "kJ3hG5fD7sA9pO1iU3yT5rE7wQ92",
  user_id: "kJ3hG5fD7sA9pO1iU3yT5rE7wQ92",
  auth_time: sampleTimes.iat - 60,
  ...sampleTimes,
};

/** Firebase Authentication and Google Identity Platform. */
export const firebase: ProviderPreset = {
  providerType: "firebase",
  name: "Firebase",
  issuer: {
    example: "https://securetoken.google.com/acme-shop",
    pattern: /^https:\/\/securetoken\.google\.com\/[a-z0-9][a-z0-9-]*$/,
    description:
      "is `https://securetoken.google.com/` and the id of the project, without a slash at the end",
    slash: "forbidden",
    correct: (nearly) => {
      const [, project] =
        /^https:\/\/([a-z0-9-]+)(?:\.firebaseapp\.com|\.web\.app)?\/?$/.exec(nearly) ?? [];
      return project === undefined ? undefined : `https://securetoken.google.com/${project}`;
    },
  },
  audienceClaims: ["aud"],
  algorithms: ["RS256"],
  tokenTypes: ["JWT"],
  clockToleranceSeconds: 30,
  locateKeys: () => ({
    jwksUri:
      "https://www.googleapis.com/service_accounts/v1/jwk/securetoken@system.gserviceaccount.com",
  }),
  claimMappings: [
    { attribute: "sign_in_provider", jwtPath: "firebase.sign_in_provider", type: "string" },
    { attribute: "second_factor", jwtPath: "firebase.sign_in_second_factor", type: "string" },
    { attribute: "tenant", jwtPath: "firebase.tenant", type: "string" },
    { attribute: "signed_in_at", jwtPath: "auth_time", type: "numeric_date" },
    { attribute: "role", jwtPath: "role", type: "string" },
    { attribute: "plan", jwtPath: "plan", type: "string" },
    ...emailMappings,
  ],
  directions: [
    {
      setting: "issuer",
      text: "Project settings › General shows the Project ID; the issuer is `https://securetoken.google.com/` and that id.",
    },
    { setting: "allowedAudiences", text: "It is the Project ID." },
    {
      setting: "claims",
      text: "The Admin SDK puts claims into tokens: `setCustomUserClaims(uid, { role, plan })`. They are there from the next token on.",
    },
    { setting: "tokens", text: "`await user.getIdToken()` returns the token to send." },
  ],
  pitfalls: [
    "The project id is meant, not the project number and not the name.",
    "Anonymous sign-in makes tokens too: `ext_sign_in_provider` is then `anonymous`.",
    "Changed custom claims arrive with the next token, up to an hour later.",
  ],
  samples: [
    {
      title: "an ID token with custom claims and a second factor",
      kind: "id_token",
      audience: "acme-shop",
      claims: {
        ...token,
        role: "manager",
        plan: "premium",
        email: "ada@acme.com",
        email_verified: true,
        firebase: {
          identities: { email: ["ada@acme.com"] },
          sign_in_provider: "password",
          sign_in_second_factor: "phone",
          tenant: "acme-7x2k9",
        },
      },
      attributes: {
        ext_sign_in_provider: "password",
        ext_second_factor: "phone",
        ext_tenant: "acme-7x2k9",
        ext_signed_in_at: "2026-03-03T23:59:00Z",
        ext_role: "manager",
        ext_plan: "premium",
        ext_email: "ada@acme.com",
        ext_email_verified: true,
      },
    },
    {
      title: "an ID token of somebody anonymous",
      kind: "id_token",
      audience: "acme-shop",
      claims: { ...token, firebase: { identities: {}, sign_in_provider: "anonymous" } },
      attributes: {
        ext_sign_in_provider: "anonymous",
        ext_signed_in_at: "2026-03-03T23:59:00Z",
      },
    },
  ],
};
