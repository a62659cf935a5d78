import type { ByotClient, ConfigDocument, NewProvider } from "@byot/sdk";
import { allow, apiKey, explanation, question, token } from "./decisions.js";

const at = "2026-03-02T09:30:00.000Z";
const stored = { version: 12, createdAt: at, updatedAt: at };
const settings = {
  checksRequireApiKey: false,
  decisionLog: "strict",
  logAttributes: "names",
  hashSubjects: false,
  timeZone: "UTC",
  ipFromConnection: false,
  retentionDays: 90,
} as const;
const workspace = { id: "acme", name: "Acme", settings, ...stored };
const newProvider = {
  name: "My Clerk Provider",
  providerType: "clerk",
  issuer: "https://clerk.acme.com",
  allowedAudiences: ["acme-api"],
  claimMappings: [{ attribute: "plan", jwtPath: "metadata.plan" }],
} as const satisfies NewProvider;
const provider = { ...newProvider, id: "clerk", enabled: true, ...stored };
const specification = {
  rules: [
    {
      rule_id: "premium",
      effect: "Allow",
      conditions: [{ function: "string_equal", attribute: "ext_plan", value: "premium" }],
    },
  ],
  default: { effect: "Deny" },
} as const;
/** A policy as it is answered. */
export const policy = { name: "premium_access", specification, ...stored };
const resource = { name: "orders", category: "custom", actions: ["approve"], ...stored };
const target = { resource: "orders", actions: ["approve"], policy: "premium_access" } as const;
const permission = { ...target, id: "p1", priority: 0, ...stored };
const key = { id: "k3yidk3y", name: "deploy", scopes: ["config:write"], createdAt: at };
/** A whole configuration. */
export const document: ConfigDocument = {
  formatVersion: 1,
  workspace: { name: "Acme", settings },
  providers: [{ ...newProvider, id: "clerk", enabled: true }],
  resources: [{ name: "orders", category: "custom", actions: ["approve"] }],
  policies: [{ name: "premium_access", specification }],
  permissions: [{ ...target, id: "p1", priority: 0 }],
};
const plan = { applied: false, version: 12, created: [], changed: [], deleted: [], findings: [] };
const keys = { state: "fresh", ageSeconds: 3, keys: [], droppedKeys: [] };
const head = { writerId: "w1", sequence: 7, hash: "0".repeat(64) };
const report = {
  intact: true,
  chains: 1,
  segments: 7,
  decisions: 40,
  erased: 0,
  problemCount: 0,
  problems: [],
  heads: [head],
};

const loggedDecision = {
  decisionId: "01980000",
  at,
  revision: 12,
  requestId: "req-1",
  issuer: "https://clerk.acme.com",
  provider: "clerk",
  resource: "orders",
  action: "approve",
  decision: "Deny",
  reason: "no_rule_matched",
  determining: [],
  errors: [],
  durationMicros: 310,
  erased: false,
  subject: "ada",
  attributes: [],
};
const loggedRefusal = {
  refusalId: "01980001",
  at,
  count: 1,
  requestId: "req-2",
  code: "token_expired",
  resource: "orders",
  action: "approve",
};
const loggedChange = {
  changeId: "01980002",
  revision: 12,
  at,
  by: { kind: "api_key", id: "k3yidk3y" },
  kind: "policy",
  key: "premium_access",
  operation: "delete",
};
const preset = {
  providerType: "clerk",
  name: "Clerk",
  issuer: { example: "https://clerk.acme.com", description: "has no slash", slash: "forbidden" },
  audienceClaims: ["aud"],
  algorithms: ["RS256"],
  tokenTypes: ["JWT"],
  clockToleranceSeconds: 30,
  claimMappings: [],
  directions: [],
  snippets: [],
  pitfalls: [],
  samples: [],
};

/** What a call is to send, and what it is answered. */
export interface Exchange {
  readonly call: (byot: ByotClient) => Promise<{ readonly data: unknown }>;
  readonly sends: string;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly status?: number;
  /** The `data` of the answer; `undefined` for an answer without a body. */
  readonly answers: unknown;
  /** Whether the answer is a page of a list. */
  readonly paged?: true;
}

/** Every call of the API but the export, whose answer is no JSON. */
export const exchanges: Readonly<Record<string, Exchange>> = {
  "workspaces.read": {
    call: async (byot) => byot.workspaces.read("acme"),
    sends: "GET /v1/workspaces/acme",
    answers: workspace,
  },
  "workspaces.create": {
    call: async (byot) =>
      byot.workspaces.create({ id: "acme", name: "Acme", settings: { retentionDays: 30 } }),
    sends: "POST /v1/workspaces",
    body: { id: "acme", name: "Acme", settings: { retentionDays: 30 } },
    status: 201,
    answers: workspace,
  },
  "workspaces.replace": {
    call: async (byot) =>
      byot.workspaces.replace("acme", { name: "Acme Ltd", settings }, { version: 12 }),
    sends: "PUT /v1/workspaces/acme",
    body: { name: "Acme Ltd", settings },
    ifMatch: '"12"',
    answers: workspace,
  },
  "workspaces.delete": {
    call: async (byot) => byot.workspaces.delete("acme", { version: 12, cascade: true }),
    sends: "DELETE /v1/workspaces/acme?cascade=true",
    ifMatch: '"12"',
    status: 204,
    answers: undefined,
  },
  "providers.create": {
    call: async (byot) => byot.providers.create(newProvider, { skipConnectionTest: true }),
    sends: "POST /v1/workspaces/acme/providers?skipConnectionTest=true",
    body: newProvider,
    status: 201,
    answers: provider,
  },
  "providers.replace": {
    call: async (byot) =>
      byot.providers.replace("clerk", { ...newProvider, enabled: false }, { version: 12 }),
    sends: "PUT /v1/workspaces/acme/providers/clerk",
    body: { ...newProvider, enabled: false },
    ifMatch: '"12"',
    answers: provider,
  },
  "providers.test": {
    call: async (byot) => byot.providers.test("clerk", token),
    sends: "POST /v1/workspaces/acme/providers/clerk/test",
    body: { token },
    answers: { steps: [], notes: [] },
  },
  "providers.testConnection": {
    call: async (byot) => byot.providers.testConnection(newProvider),
    sends: "POST /v1/workspaces/acme/providers/test-connection",
    body: newProvider,
    answers: {
      ok: true,
      configured: { issuer: "https://clerk.acme.com" },
      found: { keys: [], droppedKeys: [] },
      problems: [],
      warnings: [],
    },
  },
  "providers.keys": {
    call: async (byot) => byot.providers.keys("clerk"),
    sends: "GET /v1/workspaces/acme/providers/clerk/keys",
    answers: keys,
  },
  "providers.refreshKeys": {
    call: async (byot) => byot.providers.refreshKeys("clerk"),
    sends: "POST /v1/workspaces/acme/providers/clerk/refresh-keys",
    answers: keys,
  },
  "policies.create": {
    call: async (byot) =>
      byot.policies.create({
        name: "premium_access",
        specification,
        appliesTo: [{ resource: "orders", actions: ["approve"] }],
      }),
    sends: "POST /v1/workspaces/acme/policies",
    body: {
      name: "premium_access",
      specification,
      appliesTo: [{ resource: "orders", actions: ["approve"] }],
    },
    status: 201,
    answers: { ...policy, permissions: [permission] },
  },
  "policies.replace": {
    call: async (byot) =>
      byot.policies.replace("premium_access", { specification }, { version: 12 }),
    sends: "PUT /v1/workspaces/acme/policies/premium_access",
    body: { specification },
    ifMatch: '"12"',
    answers: policy,
  },
  "policies.delete": {
    call: async (byot) => byot.policies.delete("premium_access", { version: 12 }),
    sends: "DELETE /v1/workspaces/acme/policies/premium_access",
    ifMatch: '"12"',
    status: 204,
    answers: undefined,
  },
  "policies.version": {
    call: async (byot) => byot.policies.version("premium_access", 3),
    sends: "GET /v1/workspaces/acme/policies/premium_access/versions/3",
    answers: policy,
  },
  "policies.rollback": {
    call: async (byot) => byot.policies.rollback("premium_access", { to: 3, version: 12 }),
    sends: "POST /v1/workspaces/acme/policies/premium_access/rollback",
    body: { version: 3 },
    ifMatch: '"12"',
    answers: policy,
  },
  "policies.validate": {
    call: async (byot) => byot.policies.validate({ name: "p" }),
    sends: "POST /v1/workspaces/acme/policies/validate",
    body: { name: "p" },
    answers: { valid: false, findings: [] },
  },
  "resources.create": {
    call: async (byot) => byot.resources.create({ name: "orders", actions: ["approve"] }),
    sends: "POST /v1/workspaces/acme/resources",
    body: { name: "orders", actions: ["approve"] },
    status: 201,
    answers: resource,
  },
  "permissions.create": {
    call: async (byot) => byot.permissions.create(target),
    sends: "POST /v1/workspaces/acme/permissions",
    body: target,
    status: 201,
    answers: permission,
  },
  "apiKeys.create": {
    call: async (byot) => byot.apiKeys.create({ name: "deploy", scopes: ["config:write"] }),
    sends: "POST /v1/workspaces/acme/api-keys",
    body: { name: "deploy", scopes: ["config:write"] },
    status: 201,
    answers: { ...key, key: apiKey },
  },
  "apiKeys.revoke": {
    call: async (byot) => byot.apiKeys.revoke("k3yidk3y"),
    sends: "DELETE /v1/workspaces/acme/api-keys/k3yidk3y",
    status: 204,
    answers: undefined,
  },
  "audit.decision": {
    call: async (byot) => byot.audit.decision("01980000"),
    sends: "GET /v1/workspaces/acme/audit/decisions/01980000",
    answers: loggedDecision,
  },
  "audit.statistics": {
    call: async (byot) =>
      byot.audit.statistics({
        from: new Date(at),
        until: "2026-03-02T10:30:00Z",
        bucketSeconds: 60,
      }),
    sends:
      "GET /v1/workspaces/acme/audit/statistics?from=2026-03-02T09%3A30%3A00.000Z&until=2026-03-02T10%3A30%3A00Z&bucketSeconds=60",
    answers: { buckets: [], reasons: [], denyingRules: [] },
  },
  "audit.checkpoint": {
    call: async (byot) => byot.audit.checkpoint(),
    sends: "GET /v1/workspaces/acme/audit/checkpoint",
    answers: { heads: [head] },
  },
  "audit.verify": {
    call: async (byot) => byot.audit.verify(),
    sends: "GET /v1/workspaces/acme/audit/verify",
    answers: report,
  },
  "audit.verify against a checkpoint": {
    call: async (byot) => byot.audit.verify({ expected: { heads: [head] } }),
    sends: "POST /v1/workspaces/acme/audit/verify",
    body: { expected: [head] },
    answers: report,
  },
  "audit.erase": {
    call: async (byot) => byot.audit.erase({ subject: "ada" }),
    sends: "POST /v1/workspaces/acme/audit/erasures",
    body: { subject: "ada" },
    answers: { erasureId: "01980000", decisions: 3, refusals: 0 },
  },
  "config.export": {
    call: async (byot) => byot.config.export(),
    sends: "GET /v1/workspaces/acme/config",
    answers: document,
  },
  "config.plan": {
    call: async (byot) => byot.config.plan(document, { version: 12, skipConnectionTest: true }),
    sends: "PUT /v1/workspaces/acme/config?dryRun=true&skipConnectionTest=true",
    body: document,
    ifMatch: '"12"',
    answers: plan,
  },
  "config.apply": {
    call: async (byot) => byot.config.apply(document, { version: 12 }),
    sends: "PUT /v1/workspaces/acme/config",
    body: document,
    ifMatch: '"12"',
    answers: { ...plan, applied: true },
  },
  "presets.list": {
    call: async (byot) => byot.presets.list(),
    sends: "GET /v1/presets",
    answers: [preset],
  },
  "workspaces.list": {
    call: async (byot) => byot.workspaces.list({ limit: 2 }).page(),
    sends: "GET /v1/workspaces?limit=2",
    answers: [workspace],
    paged: true,
  },
  "providers.list": {
    call: async (byot) => byot.providers.list().page(),
    sends: "GET /v1/workspaces/acme/providers",
    answers: [provider],
    paged: true,
  },
  "policies.list": {
    call: async (byot) => byot.policies.list().page(),
    sends: "GET /v1/workspaces/acme/policies",
    answers: [policy],
    paged: true,
  },
  "policies.versions": {
    call: async (byot) => byot.policies.versions("premium_access").page(),
    sends: "GET /v1/workspaces/acme/policies/premium_access/versions",
    answers: [policy],
    paged: true,
  },
  "resources.list": {
    call: async (byot) => byot.resources.list().page(),
    sends: "GET /v1/workspaces/acme/resources",
    answers: [resource],
    paged: true,
  },
  "permissions.list": {
    call: async (byot) => byot.permissions.list().page(),
    sends: "GET /v1/workspaces/acme/permissions",
    answers: [permission],
    paged: true,
  },
  "apiKeys.list": {
    call: async (byot) => byot.apiKeys.list().page(),
    sends: "GET /v1/workspaces/acme/api-keys",
    answers: [key],
    paged: true,
  },
  "audit.decisions": {
    call: async (byot) =>
      byot.audit.decisions({ policy: "premium_access", from: new Date(at) }).page(),
    sends:
      "GET /v1/workspaces/acme/audit/decisions?policy=premium_access&from=2026-03-02T09%3A30%3A00.000Z",
    answers: [loggedDecision],
    paged: true,
  },
  "audit.refusals": {
    call: async (byot) => byot.audit.refusals({ code: "token_expired" }).page(),
    sends: "GET /v1/workspaces/acme/audit/refusals?code=token_expired",
    answers: [loggedRefusal],
    paged: true,
  },
  "audit.changes": {
    call: async (byot) => byot.audit.changes({ kind: "policy", limit: 10 }).page(),
    sends: "GET /v1/workspaces/acme/audit/changes?kind=policy&limit=10",
    answers: [loggedChange],
    paged: true,
  },
  "providers.read": {
    call: async (byot) => byot.providers.read("clerk"),
    sends: "GET /v1/workspaces/acme/providers/clerk",
    answers: provider,
  },
  "policies.read": {
    call: async (byot) => byot.policies.read("premium_access"),
    sends: "GET /v1/workspaces/acme/policies/premium_access",
    answers: policy,
  },
  "resources.read": {
    call: async (byot) => byot.resources.read("orders"),
    sends: "GET /v1/workspaces/acme/resources/orders",
    answers: resource,
  },
  "permissions.read": {
    call: async (byot) => byot.permissions.read("p1"),
    sends: "GET /v1/workspaces/acme/permissions/p1",
    answers: permission,
  },
  "providers.delete": {
    call: async (byot) => byot.providers.delete("clerk", { version: 12 }),
    sends: "DELETE /v1/workspaces/acme/providers/clerk",
    ifMatch: '"12"',
    status: 204,
    answers: undefined,
  },
  "resources.replace": {
    call: async (byot) =>
      byot.resources.replace("orders", { actions: ["approve"] }, { version: 12 }),
    sends: "PUT /v1/workspaces/acme/resources/orders",
    body: { actions: ["approve"] },
    ifMatch: '"12"',
    answers: resource,
  },
  "resources.delete": {
    call: async (byot) => byot.resources.delete("orders", { version: 12 }),
    sends: "DELETE /v1/workspaces/acme/resources/orders",
    ifMatch: '"12"',
    status: 204,
    answers: undefined,
  },
  "permissions.replace": {
    call: async (byot) => byot.permissions.replace("p1", target, { version: 12 }),
    sends: "PUT /v1/workspaces/acme/permissions/p1",
    body: target,
    ifMatch: '"12"',
    answers: permission,
  },
  "permissions.delete": {
    call: async (byot) => byot.permissions.delete("p1", { version: 12 }),
    sends: "DELETE /v1/workspaces/acme/permissions/p1",
    ifMatch: '"12"',
    status: 204,
    answers: undefined,
  },
  checkAuthorization: {
    call: async (byot) =>
      byot.checkAuthorization({
        ...question,
        explain: true,
        minRevision: 12,
        clientIp: "192.0.2.7",
      }),
    sends: "POST /v1/workspaces/acme/authorize",
    body: { ...question, explain: true, minRevision: 12, clientIp: "192.0.2.7" },
    answers: { ...allow, explanation },
  },
  checkAuthorizations: {
    call: async (byot) =>
      byot.checkAuthorizations({ token, checks: [{ resource: "orders", action: "read" }] }),
    sends: "POST /v1/workspaces/acme/authorize/batch",
    body: { token, checks: [{ resource: "orders", action: "read" }] },
    answers: { revision: 12, decisions: [allow] },
  },
  simulate: {
    call: async (byot) =>
      byot.simulate({
        attributes: { ext_plan: "premium" },
        policies: [{ name: "draft", specification }],
      }),
    sends: "POST /v1/workspaces/acme/simulate",
    body: { attributes: { ext_plan: "premium" }, policies: [{ name: "draft", specification }] },
    answers: {
      allowed: true,
      decision: "Allow",
      reason: allow.reason,
      revision: 12,
      evaluatedAt: at,
      determining: [],
      errors: [],
      missing: [],
      obligations: [],
      explanation,
    },
  },
};
