/** The bodies that the documentation shows, and each with everything it may say. */
export const mappings = [
  { attribute: "plan", jwtPath: "metadata.plan" },
  { attribute: "role", jwtPath: "role", required: true },
];

export const provider = {
  name: "My Clerk Provider",
  providerType: "clerk",
  issuer: "https://clerk.acme.com",
  allowedAudiences: ["acme-api"],
  claimMappings: mappings,
};

export const fullProvider = {
  ...provider,
  enabled: false,
  issuerAliases: ["clerk.acme.com"],
  audienceClaims: ["aud", "azp", "client_id"],
  authorizedParties: ["acme-web"],
  algorithms: ["RS256", "ES256", "Ed25519"],
  tokenTypes: ["", "JWT"],
  jwksUri: "https://clerk.acme.com/keys",
  clockToleranceSeconds: 0,
  maxLifetimeSeconds: 3600,
  requireKid: true,
};

export const policy = {
  name: "order_approval",
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
};

export const resource = { name: "orders", actions: ["read", "approve"] };
export const permission = { resource: "orders", actions: ["approve"], policy: "order_approval" };
export const workspace = { id: "acme", name: "Acme" };
export const settings = {
  checksRequireApiKey: true,
  decisionLog: "buffered",
  logAttributes: "values",
  hashSubjects: true,
  timeZone: "Europe/Berlin",
  ipFromConnection: true,
  retentionDays: 30,
};
export const head = { writerId: "0195c1f0", sequence: 12, hash: "0f".repeat(32) };
export const apiKey = { name: "deployment", scopes: ["config:read", "config:write"] };
export const check = {
  token: "header.payload.signature",
  resource: "orders",
  action: "approve",
  context: { orderAmount: 50_000 },
};

export const configuration = {
  formatVersion: 1,
  workspace: { name: "Acme", settings },
  providers: [{ ...provider, enabled: true, id: "clerk" }],
  resources: [{ ...resource, category: "shop" }],
  policies: [policy],
  permissions: [{ ...permission, id: "approval", priority: 5 }],
};
export const simulation = {
  attributes: { ext_plan: "premium", external_subject: "ada" },
  context: { orderAmount: 50_000 },
  resource: "orders",
  action: "approve",
  currentTime: "2026-03-02T12:00:00Z",
  ipAddress: "192.0.2.1",
  policies: [policy],
};
export const batch = {
  token: "header.payload.signature",
  checks: [
    { resource: "orders", action: "approve", context: { orderAmount: 50_000 } },
    { resource: "orders", action: "read" },
  ],
};

export const bodyByRoute: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "decisions.authorize": check,
  "decisions.authorizeBatch": batch,
  "decisions.simulate": simulation,
  "workspaces.create": workspace,
  "workspaces.replace": { name: "Acme", settings },
  "providers.create": provider,
  "providers.replace": { ...provider, enabled: true },
  "providers.test": { token: "header.payload.signature" },
  "providers.testConnection": provider,
  "policies.create": policy,
  "policies.replace": policy,
  "policies.rollback": { version: 7 },
  "policies.validate": policy,
  "resources.create": resource,
  "resources.replace": { actions: ["read"] },
  "permissions.create": permission,
  "permissions.replace": permission,
  "configuration.apply": configuration,
  "apiKeys.create": apiKey,
  "audit.verifyAgainst": { expected: [head] },
  "session.create": { apiKey: "byot_k3yk3yk3_secret" },
  "audit.erase": { subject: "ada", issuer: "https://clerk.acme.com" },
};
