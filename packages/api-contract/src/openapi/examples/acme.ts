import type { DeterminingRule } from "../../explanation.js";

/** What the examples are about: a shop that lets managers approve orders. */
export const acme = {
  token: "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl",
  decisionId: "0199c1f0-2b4e-7c31-9a52-6f1d0c9be001",
  at: "2026-03-02T12:00:00.000Z",
  stored: {
    version: 12,
    createdAt: "2026-03-01T09:30:00.000Z",
    updatedAt: "2026-03-02T11:45:00.000Z",
  },
  workspace: {
    name: "Acme",
    settings: {
      checksRequireApiKey: false,
      decisionLog: "strict",
      logAttributes: "names",
      hashSubjects: false,
      timeZone: "Europe/Berlin",
      ipFromConnection: false,
      retentionDays: 90,
    },
  },
  provider: {
    name: "My Clerk Provider",
    providerType: "clerk",
    enabled: true,
    issuer: "https://clerk.acme.com",
    allowedAudiences: ["acme-api"],
    claimMappings: [{ attribute: "role", jwtPath: "metadata.role", required: true }],
  },
  policy: {
    name: "order_approval",
    description: "Managers approve orders.",
    specification: {
      rules: [
        {
          rule_id: "managers",
          effect: "Allow",
          conditions: [{ function: "string_equal", attribute: "ext_role", value: "manager" }],
        },
      ],
      default: { effect: "Deny" },
    },
  },
  resource: { description: "Orders of the shop.", category: "shop", actions: ["read", "approve"] },
  permission: { resource: "orders", actions: ["approve"], policy: "order_approval", priority: 0 },
} as const;

/** What rests on a rule of the policy. */
export const determining: DeterminingRule = {
  policy: "order_approval",
  policyVersion: 12,
  rule: "managers",
  effect: "Allow",
  priority: 0,
};

/** What rests on the policy's default. */
export const determiningDefault: DeterminingRule = { ...determining, rule: null, effect: "Deny" };

/** Puts an answer into its envelope. */
export function inData(data: unknown): { readonly data: unknown } {
  return { data };
}

/** Makes the only page of a list. */
export function onlyPage(item: unknown): { readonly data: unknown; readonly page: unknown } {
  return { data: [item], page: { nextCursor: null } };
}
