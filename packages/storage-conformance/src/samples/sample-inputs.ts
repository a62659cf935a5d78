import {
  defaultWorkspaceSettings,
  type PermissionInput,
  type PolicyInput,
  type ProviderInput,
  type ResourceInput,
  type WorkspaceInput,
  type WorkspaceSettings,
} from "@byot/storage";

/** Settings of which none is the default. */
export const chosenSettings: WorkspaceSettings = {
  checksRequireApiKey: true,
  decisionLog: "buffered",
  logAttributes: "values",
  hashSubjects: true,
  timeZone: "Asia/Tokyo",
  ipFromConnection: true,
  retentionDays: 36_500,
};

/** A workspace that chooses nothing. */
export function workspaceInput(id: string, name = "Acme Inc."): WorkspaceInput {
  return { id, name, settings: { ...defaultWorkspaceSettings } };
}

/** A provider that sets as many properties as one can. */
export function providerInput(id: string, name = "Clerk"): ProviderInput {
  return {
    id,
    name,
    providerType: "clerk",
    enabled: true,
    issuer: "https://clerk.acme.example",
    issuerAliases: ["clerk.acme.example"],
    allowedAudiences: ["api://orders", "api://invoices"],
    algorithms: ["RS256"],
    keys: { inline: { keys: [{ kty: "RSA", kid: "2026-01", n: "q80", e: "AQAB" }] } },
    clockToleranceSeconds: 0,
    requireKid: false,
    claimMappings: [
      { attribute: "plan", jwtPath: "metadata.plan", required: true },
      { attribute: "role", jwtPath: "role", default: "member" },
    ],
  };
}

/** A policy with one rule. */
export function policyInput(name: string, description = "Premium only."): PolicyInput {
  return {
    document: {
      name,
      description,
      specification: {
        rules: [
          {
            rule_id: "premium-only",
            effect: "Allow",
            conditions: [{ function: "string_equal", attribute: "ext_plan", value: "premium" }],
          },
        ],
        default: { effect: "Deny" },
      },
    },
  };
}

/** A resource with two actions. */
export function resourceInput(name: string, description = "What was ordered."): ResourceInput {
  return { name, description, category: "commerce", actions: ["read", "approve"] };
}

/** A permission on `orders` by the policy `premium`. */
export function permissionInput(
  id: string,
  changes: Partial<PermissionInput> = {},
): PermissionInput {
  return {
    id,
    resource: "orders",
    actions: ["read"],
    policy: "premium",
    priority: 100,
    ...changes,
  };
}
