import type { ProviderRoutes } from "../../provider-routes.js";
import type { Routes } from "../../route-table.js";
import { acme, inData, onlyPage } from "./acme.js";
import type { ExamplesOf } from "./route-example.js";

const provider = { ...acme.stored, ...acme.provider, id: "clerk" };
const jwksUri = "https://clerk.acme.com/.well-known/jwks.json";

const keys = {
  state: "fresh",
  jwksUri,
  ageSeconds: 120,
  keys: [
    {
      kid: "ins_1",
      thumbprint: "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs",
      algorithms: ["RS256"],
    },
  ],
  droppedKeys: [{ kid: "ins_0", reason: "is not for signatures" }],
};

/** Examples of external auth providers. */
export const providerExamples: ExamplesOf<ProviderRoutes> = {
  list: { answer: onlyPage(provider) },
  read: { answer: inData(provider) },
  create: { body: { ...acme.provider, id: "clerk" }, answer: inData(provider) },
  replace: { body: acme.provider, answer: inData(provider) },
  remove: {},
  test: {
    body: { token: acme.token },
    answer: inData({
      steps: [
        { name: "read", status: "passed" },
        { name: "audience", status: "failed" },
        { name: "claims", status: "not_reached" },
      ],
      failure: {
        step: "audience",
        code: "token_audience_mismatch",
        kind: "audience_not_listed",
        cause: "the token is for `https://api.acme.com`, which the provider does not list",
        fix: "Add `https://api.acme.com` to `allowedAudiences`.",
      },
      notes: [],
    }),
  },
  testConnection: {
    body: acme.provider,
    answer: inData({
      ok: true,
      configured: { issuer: acme.provider.issuer },
      found: { jwksUri, keys: [{ kid: "ins_1", algorithms: ["RS256"] }], droppedKeys: [] },
      problems: [],
      warnings: [],
    }),
  },
  keys: { answer: inData(keys) },
  refreshKeys: { answer: inData(keys) },
};

/** Examples of presets. */
export const presetExamples: ExamplesOf<Routes["presets"]> = {
  list: {
    answer: inData([
      {
        providerType: "clerk",
        name: "Clerk",
        issuer: {
          example: "https://clerk.acme.com",
          description: "is the Frontend API URL",
          slash: "forbidden",
        },
        audienceClaims: ["aud", "azp"],
        algorithms: ["RS256"],
        tokenTypes: ["JWT"],
        clockToleranceSeconds: 30,
        claimMappings: [...acme.provider.claimMappings],
        directions: [{ setting: "issuer", text: "API keys, Frontend API URL." }],
        snippets: [{ title: "Session token", text: '{ "role": "{{user.public_metadata.role}}" }' }],
        pitfalls: ["A session token has no `aud` unless a template adds one."],
        samples: [{ title: "Session token", kind: "session", claims: { sub: "user_1" } }],
      },
    ]),
  },
};
