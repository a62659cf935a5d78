import { ByotClient } from "@byot/sdk";
import type { ConfigDocument, NewProvider } from "@byot/sdk";
import { describe, expect, test } from "vitest";
import { apiKey, token } from "./decisions.js";
import { json, raw, startFaultServer } from "./fault-server.js";
import type { Behaviour } from "./fault-server.js";

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
const policy = { name: "premium_access", specification, ...stored };
const resource = { name: "orders", category: "custom", actions: ["approve"], ...stored };
const target = { resource: "orders", actions: ["approve"], policy: "premium_access" } as const;
const permission = { ...target, id: "p1", priority: 0, ...stored };
const key = { id: "k3yidk3y", name: "deploy", scopes: ["config:write"], createdAt: at };
const document: ConfigDocument = {
  formatVersion: 1,
  workspace: { name: "Acme", settings },
  providers: [{ ...newProvider, id: "clerk", enabled: true }],
  resources: [{ name: "orders", actions: ["approve"] }],
  policies: [{ name: "premium_access", specification }],
  permissions: [{ ...target, id: "p1" }],
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

/** What a call is to send, and what it is answered. */
interface Exchange {
  readonly call: (byot: ByotClient) => Promise<{ readonly data: unknown }>;
  readonly sends: string;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly status?: number;
  readonly answers: unknown;
}

const exchanges: Readonly<Record<string, Exchange>> = {
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
    answers: { ok: true, configured: {}, found: {}, problems: [], warnings: [] },
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
    answers: { decisionId: "01980000", at, decision: "Deny", reason: "no_rule_matched" },
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
    answers: [{ providerType: "clerk", name: "Clerk", claimMappings: [] }],
  },
  simulate: {
    call: async (byot) =>
      byot.simulate({
        attributes: { ext_plan: "premium" },
        policies: [{ name: "draft", specification }],
      }),
    sends: "POST /v1/workspaces/acme/simulate",
    body: { attributes: { ext_plan: "premium" }, policies: [{ name: "draft", specification }] },
    answers: { allowed: true, decision: "Allow", reason: {}, explanation: {} },
  },
};

function answering({ status = 200, answers }: Exchange): Behaviour {
  return status === 204 ? raw(204, "") : json(status, { data: answers }, { ETag: '"12"' });
}

describe("a request", () => {
  test.each(Object.entries(exchanges))("of %s is what the API takes", async (_name, exchange) => {
    await using server = await startFaultServer(answering(exchange));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey });

    const { data } = await exchange.call(byot);

    expect(data).toEqual(exchange.answers);
    expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([exchange.sends]);
    expect(server.seen[0]?.body).toEqual(exchange.body);
    expect(server.seen[0]?.headers["if-match"]).toBe(exchange.ifMatch);
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${apiKey}`);
    expect(server.seen[0]?.headers["content-type"]).toBe(
      exchange.body === undefined ? undefined : "application/json",
    );
  });

  test.each(Object.entries(exchanges).filter(([, { status }]) => status !== 204))(
    "of %s refuses an answer to something else",
    async (_name, exchange) => {
      await using server = await startFaultServer(
        json(exchange.status ?? 200, { data: { ok: 1 } }),
      );
      const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey });

      await expect(exchange.call(byot)).rejects.toMatchObject({ code: "response_invalid" });
    },
  );

  test.each<[string, (byot: ByotClient) => AsyncIterable<unknown>]>([
    ["workspaces?limit=2", (byot) => byot.workspaces.list({ limit: 2 })],
    ["workspaces/acme/providers", (byot) => byot.providers.list()],
    ["workspaces/acme/policies", (byot) => byot.policies.list()],
    [
      "workspaces/acme/policies/premium_access/versions",
      (byot) => byot.policies.versions("premium_access"),
    ],
    ["workspaces/acme/resources", (byot) => byot.resources.list()],
    ["workspaces/acme/permissions", (byot) => byot.permissions.list()],
    ["workspaces/acme/api-keys", (byot) => byot.apiKeys.list()],
    [
      "workspaces/acme/audit/decisions?policy=premium_access",
      (byot) => byot.audit.decisions({ policy: "premium_access" }),
    ],
    [
      "workspaces/acme/audit/refusals?code=token_expired",
      (byot) => byot.audit.refusals({ code: "token_expired" }),
    ],
    [
      "workspaces/acme/audit/changes?kind=policy&limit=10",
      (byot) => byot.audit.changes({ kind: "policy", limit: 10 }),
    ],
  ])("for the list %s is what the API takes", async (path, list) => {
    await using server = await startFaultServer(
      json(200, { data: [], page: { nextCursor: null } }),
    );
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey });

    for await (const item of list(byot)) {
      expect.fail(`the list has ${String(item)}`);
    }

    expect(server.seen.map(({ method, url }) => `${method} ${url}`)).toEqual([`GET /v1/${path}`]);
  });
});

describe("what is configured", () => {
  test("is answered with its version, for the next change", async () => {
    await using server = await startFaultServer(json(200, { data: policy }, { ETag: '"12"' }));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey });

    const answer = await byot.policies.read("premium_access", { requestId: "req-1" });

    expect(answer).toEqual({ data: policy, version: 12, requestId: "req-1" });
  });

  test.each(["", ".", ".."])("is not looked for under the key %j", async (name) => {
    const byot = new ByotClient({ baseUrl: "http://127.0.0.1:9", workspaceId: "acme", apiKey });

    await expect(byot.policies.delete(name, { version: 1 })).rejects.toThrow(TypeError);
    await expect(byot.policies.version(name, 1)).rejects.toThrow(TypeError);
    expect(() => byot.policies.versions(name)).toThrow(TypeError);
  });

  test.each(["../../other/policies/x", "a/b", "a?b", "a#b", "%2e%2e"])(
    "stays below its path under the key %j",
    async (name) => {
      await using server = await startFaultServer(json(200, { data: policy }));
      const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey });

      await byot.policies.read(name);

      expect(server.seen[0]?.url).toBe(`/v1/workspaces/acme/policies/${encodeURIComponent(name)}`);
    },
  );

  test("is neither replaced nor deleted without its version", async () => {
    await using server = await startFaultServer(raw(204, ""));
    const byot = new ByotClient({ baseUrl: server.url, workspaceId: "acme", apiKey });
    const forgotten = { version: 12 };
    Object.assign(forgotten, { version: undefined });

    await expect(byot.policies.delete("p", forgotten)).rejects.toThrow(
      new TypeError("`policies.delete` needs the `version` of what was read"),
    );
    await expect(byot.config.apply(document, forgotten)).rejects.toThrow(TypeError);
    expect(server.seen).toEqual([]);
  });
});
