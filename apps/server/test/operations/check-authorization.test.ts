import { defaultWorkspaceSettings, routes } from "@byot/api-contract";
import { createSigner, forgeToken } from "@byot/testkit";
import { describe, expect, test } from "vitest";
import { allowAll, everythingIn, makeAcme } from "../support/acme.js";
import { audience, issuer, type Service, startService } from "../support/service.js";

const { authorize } = routes.decisions;
const premium = { resource: "premium-features", action: "access" };
const approval = { resource: "orders", action: "approve" };
const amount = (orderAmount: unknown): object => ({ ...approval, context: { orderAmount } });

describe("decisions", () => {
  test.each([
    ["ada", premium, "Allow", "allowed_by_rule"],
    ["ben", premium, "Deny", "denied_by_default"],
    ["ada", amount(50_000), "Allow", "allowed_by_rule"],
    ["cleo", amount(50_000), "Deny", "denied_by_default"],
    ["ben", amount(10_000), "Allow", "allowed_by_rule"],
    ["ben", amount(10_001), "Deny", "denied_by_default"],
    ["ada", approval, "Deny", "undetermined"],
    ["ada", amount("50,000"), "Deny", "undetermined"],
    ["ada", amount(true), "Deny", "undetermined"],
    ["ada", amount(null), "Deny", "undetermined"],
    ["ada", amount(10_000.5), "Deny", "undetermined"],
    ["ada", { resource: "billing", action: "access" }, "Deny", "admin_resource_forbidden"],
    ["ada", { resource: "workspace::users", action: "x" }, "Deny", "admin_resource_forbidden"],
    ["ada", { resource: "invoices", action: "access" }, "Deny", "unknown_resource"],
    ["ada", { resource: "__proto__", action: "access" }, "Deny", "unknown_resource"],
    ["ada", { resource: "Orders", action: "approve" }, "Deny", "unknown_resource"],
    ["ada", { resource: "orders", action: "delete" }, "Deny", "unknown_action"],
    ["ada", { resource: "orders", action: "*" }, "Deny", "unknown_action"],
    ["ada", { resource: "*", action: "approve" }, "Deny", "unknown_resource"],
  ])("for %s and %j are %s, %s", async (person, question, ...[decision, code]) => {
    await using service = await startService();
    await makeAcme(service);
    const token = await service.tokenOf(person);

    const { answer } = await service.call(authorize, { key: null, body: { token, ...question } });
    const logged = await service.call(routes.audit.decisions);

    expect(answer.data).toMatchObject({
      allowed: decision === "Allow",
      decision,
      reason: { code },
      evaluatedAt: "2026-03-02T09:00:00.000Z",
      tokenExpiresAt: "2026-03-02T09:10:00.000Z",
    });
    expect(answer.data).not.toHaveProperty("explanation");
    expect(logged.answer.data).toMatchObject([
      {
        decisionId: answer.data.decisionId,
        revision: answer.data.revision,
        subject: person,
        issuer,
        provider: "acme-login",
        decision,
        reason: code,
        ...("context" in question ? approval : question),
      },
    ]);
  });

  test.each([["billing"], ["billing::invoices"], ["workspace"], ["workspace::api_keys"]])(
    "on `%s` are a Deny whatever a policy for everything says",
    async (resource) => {
      await using service = await startService();
      await makeAcme(service);
      await service.call(routes.policies.create, {
        body: {
          ...allowAll,
          appliesTo: [{ resource: "*", actions: ["*"], priority: 1_000_000 }],
        },
      });
      const token = await service.tokenOf("ada");

      const { answer } = await service.call(authorize, {
        body: { token, resource, action: "approve" },
      });

      expect(answer.data.reason.code).toBe("admin_resource_forbidden");
    },
  );

  test("on a resource that no permission covers are a Deny", async () => {
    await using service = await startService();
    await makeAcme(service);
    await service.call(routes.resources.create, { body: { name: "invoices", actions: ["read"] } });
    const token = await service.tokenOf("ada");

    const { answer } = await service.call(authorize, {
      body: { token, resource: "invoices", action: "read" },
    });

    expect(answer.data.reason.code).toBe("no_permission");
  });

  test("see a change that was answered before them", async () => {
    await using service = await startService();
    await makeAcme(service);
    const body = { token: await service.tokenOf("ben"), ...premium };
    const path = { key: "premium_access" };
    const { answer: policy } = await service.call(routes.policies.read, { path });
    const before = await service.call(authorize, { body });

    const written = await service.call(routes.policies.replace, {
      path,
      version: policy.data.version,
      body: { specification: allowAll.specification },
    });
    const after = await service.call(authorize, { body });

    expect(before.answer.data.allowed).toBe(false);
    expect(after.answer.data).toMatchObject({
      allowed: true,
      revision: written.answer.data.version,
    });
  });

  test("cannot be swayed by a context that spells attributes of the token", async () => {
    await using service = await startService();
    await makeAcme(service);
    const token = await service.tokenOf("ben");

    const { text } = await service.send("/v1/workspaces/acme/authorize", {
      method: "POST",
      rawBody: `{"token":"${token}","resource":"premium-features","action":"access","context":
        {"ext_plan":"premium","__proto__":{"ext_plan":"premium","plan":"premium"},"constructor":1}}`,
    });

    expect(text).toContain('"allowed":false');
    expect({}).not.toHaveProperty("plan");
  });

  test("are not answered when they cannot be recorded", async () => {
    await using service = await startService({
      wrapStorage: (storage) => ({
        ...storage,
        decisionLog: {
          ...storage.decisionLog,
          append: () => Promise.reject(new Error("disk full")),
        },
      }),
    });
    await makeAcme(service);
    const token = await service.tokenOf("ada");

    const answer = await service.ask(authorize, { body: { token, ...premium } });

    expect(answer).toMatchObject({ status: 503, body: { code: "audit_unavailable" } });
    expect(answer.headers.get("retry-after")).toBe("1");
    expect(answer.text).not.toMatch(/allow/i);
  });
});

describe("refused tokens", () => {
  const stranger = createSigner();
  const claims = { iss: issuer, aud: audience, sub: "ada", iat: 1_772_442_000, exp: 1_772_442_600 };

  const cases: readonly (readonly [string, string, (service: Service) => Promise<string>])[] = [
    [
      "that expired",
      "token_expired",
      (service) => service.tokenOf("ada", { expiresInSeconds: -60 }),
    ],
    [
      "for another audience",
      "token_audience_mismatch",
      (service) => service.tokenOf("ada", { audience: "other" }),
    ],
    [
      "of another issuer",
      "token_issuer_unknown",
      async () => stranger.sign({}, { ...claims, iss: "https://evil.example" }),
    ],
    ["signed with another key", "token_key_unknown", async () => stranger.sign({}, claims)],
    [
      "signed with another key of the same id",
      "token_signature_invalid",
      async ({ idp }) => stranger.sign({ kid: idp.jwks().keys[0]?.kid }, claims),
    ],
    [
      "that call themselves unsigned",
      "token_alg_not_allowed",
      async () => forgeToken({ header: { alg: "none" }, payload: claims, signature: "c2ln" }),
    ],
    [
      "signed with the public key as a secret",
      "token_alg_not_allowed",
      async ({ idp }) =>
        forgeToken({
          header: { alg: "HS256", typ: "JWT", kid: idp.jwks().keys[0]?.kid },
          payload: claims,
          hmacSecret: JSON.stringify(idp.jwks().keys[0]),
        }),
    ],
    [
      "without a signature",
      "token_malformed",
      async () => forgeToken({ header: { alg: "none" }, payload: claims, unsigned: true }),
    ],
    ["that are none", "token_malformed", async () => "not.a.token"],
    ["that are empty", "token_missing", async () => ""],
    ["beyond every size", "token_too_large", async () => `e${"y".repeat(40_000)}`],
  ];

  test.each(cases)("%s are a 401 with %s and stand in the log", async (_title, code, makeToken) => {
    await using service = await startService();
    await makeAcme(service);
    const token = await makeToken(service);
    if (token !== "") {
      service.keepSecret(token);
    }

    const problem = await service.refuse(authorize, {
      headers: { "x-request-id": "order-7" },
      body: { token, ...premium },
    });
    const refusals = await service.call(routes.audit.refusals);
    const decisions = await service.call(routes.audit.decisions);

    expect(problem).toMatchObject({ code, status: 401 });
    expect(refusals.answer.data).toMatchObject([{ code, ...premium, requestId: "order-7" }]);
    expect(decisions.answer.data).toEqual([]);
  });

  test("that are absent are a 401 and not a 400", async () => {
    await using service = await startService();
    await makeAcme(service);

    const problem = await service.refuse(authorize, { key: null, body: premium });

    expect(problem).toMatchObject({ code: "token_missing", status: 401 });
  });

  test.each([[7], [null], [true], [["a"]], [{ jwt: "a" }]])(
    "of another JSON type than text, such as %j, are a 400",
    async (token) => {
      await using service = await startService();
      await makeAcme(service);

      const problem = await service.refuse(authorize, { body: { token, ...premium } });

      expect(problem).toMatchObject({ code: "request_invalid", errors: [{ path: "/token" }] });
    },
  );

  test("without a claim that a mapping requires are a 401 that names the claim", async () => {
    await using service = await startService();
    await makeAcme(service);
    const path = { key: "acme-login" };
    const { id, version, createdAt, updatedAt, ...provider } = (
      await service.call(routes.providers.read, { path })
    ).answer.data;
    const claimMappings = [{ attribute: "team", jwtPath: "team", required: true }];
    await service.call(routes.providers.replace, {
      path,
      version,
      body: { ...provider, claimMappings },
    });

    const problem = await service.refuse(authorize, {
      body: { token: await service.tokenOf("ada"), ...premium },
    });

    expect([id, createdAt]).toEqual(["acme-login", updatedAt]);
    expect(problem.code).toBe("token_claim_missing");
    expect(problem.detail).toContain("team");
  });

  test("are refused all the same when the refusal cannot be recorded", async () => {
    await using service = await startService({
      wrapStorage: (storage) => ({
        ...storage,
        decisionLog: {
          ...storage.decisionLog,
          appendRefusals: () => Promise.reject(new Error("disk full")),
        },
      }),
    });
    await makeAcme(service);

    const problem = await service.refuse(authorize, { body: { token: "x", ...premium } });

    expect(problem.code).toBe("token_malformed");
  });
});

describe("explanations", () => {
  const body = { ...approval, explain: true };

  test("name policy, rule and what is missing to a key that may see them", async () => {
    await using service = await startService();
    await makeAcme(service);
    const key = await service.makeKey({ scopes: ["decisions:explain"], workspaceId: "acme" });
    const token = await service.tokenOf("ada");

    const open = await service.call(authorize, { key, body: { token, ...body } });
    const decided = await service.call(authorize, {
      key,
      body: { token, ...body, context: { orderAmount: 50_000 } },
    });

    expect(open.answer.data.explanation).toMatchObject({
      determining: [],
      errors: expect.arrayContaining([
        expect.objectContaining({
          code: "missing_attribute",
          attribute: "request_metadata.orderAmount",
          policy: "order_approval",
          rule: "manager-high-value",
          decisive: true,
        }),
      ]) as unknown,
      missing: ["request_metadata.orderAmount"],
    });
    expect(decided.answer.data.explanation).toMatchObject({
      summary: "rule `manager-high-value` of policy `order_approval` allows it",
      determining: [{ policy: "order_approval", rule: "manager-high-value", effect: "Allow" }],
    });
  });

  test.each([
    ["no key", async () => null],
    ["a key without the scope", (service: Service) => service.makeKey({ scopes: ["audit:read"] })],
  ])("are not given to %s, and nothing is decided", async (_title, makeKey) => {
    await using service = await startService();
    await makeAcme(service);
    const token = await service.tokenOf("ada");
    const key = await makeKey(service);
    const before = await everythingIn(service);

    const problem = await service.refuse(authorize, { key, body: { token, ...body } });

    expect(problem).toMatchObject({ code: "explain_not_permitted", status: 403 });
    expect(await everythingIn(service)).toEqual(before);
  });

  test("hold values for a key that may read the configuration", async () => {
    await using service = await startService();
    await makeAcme(service);
    const token = await service.tokenOf("ben");

    const { answer } = await service.call(authorize, {
      body: { token, ...body, resource: "premium-features", action: "access" },
    });

    expect(answer.data.explanation).toMatchObject({
      nearestMisses: [{ sentence: "rule `premium-plan` would allow if `ext_plan` were `premium`" }],
      trace: { kind: "set", value: "Deny" },
    });
  });

  test("never hold a value of the token or the context otherwise", async () => {
    await using service = await startService();
    await makeAcme(service);
    const token = await service.tokenOf("ada", { claims: { note: "claim-value-7" } });

    const key = await service.makeKey({ scopes: ["decisions:explain"], workspaceId: "acme" });
    const { text } = await service.ask(authorize, {
      key,
      body: { token, ...body, context: { orderAmount: "context-value-7" } },
    });

    expect(text).toContain("explanation");
    expect(text).not.toMatch(/claim-value-7|context-value-7|manager"/);
  });
});

async function startStrict(): Promise<Service> {
  const service = await startService();
  await makeAcme(service);
  await service.call(routes.workspaces.replace, {
    version: 1,
    body: { name: "Acme", settings: { ...defaultWorkspaceSettings, checksRequireApiKey: true } },
  });
  return service;
}

describe("a workspace that requires an API key for checks", () => {
  test("answers a check with any good key of it, even one without a scope", async () => {
    await using service = await startStrict();
    const key = await service.makeKey({ scopes: [], workspaceId: "acme" });

    const { answer } = await service.call(authorize, {
      key,
      body: { token: await service.tokenOf("ada"), ...premium },
    });

    expect(answer.data.allowed).toBe(true);
  });

  test("answers none without a key, or with one of another workspace", async () => {
    await using service = await startStrict();
    const body = { token: await service.tokenOf("ada"), ...premium };
    const foreign = await service.makeKey({ workspaceId: "beta" });

    const without = await service.refuse(authorize, { key: null, body });
    const withForeign = await service.refuse(authorize, { key: foreign, body });

    expect([without.code, withForeign.code]).toEqual([
      "api_key_missing",
      "workspace_not_permitted",
    ]);
  });
});

test.each([
  ["no resource", { resource: undefined }, "/resource"],
  ["an empty resource", { resource: "" }, "/resource"],
  ["a resource of 256 characters", { resource: "a".repeat(256) }, "/resource"],
  ["a resource with NUL", { resource: "or\0ders" }, "/resource"],
  ["an action that is a number", { action: 7 }, "/action"],
  ["a misspelt context", { contxt: {} }, "/contxt"],
  ["a context that is a list", { context: [] }, "/context"],
  ["a context that is null", { context: null }, "/context"],
  [
    "a context of 65 keys",
    { context: Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`k${index}`, 1])) },
    "/context",
  ],
  [
    "a context nine levels deep",
    { context: JSON.parse('{"a":'.repeat(9) + "1" + "}".repeat(9)) as unknown },
    "/context",
  ],
  ["an explain that is text", { explain: "true" }, "/explain"],
  ["a revision of zero", { minRevision: 0 }, "/minRevision"],
  ["a revision that is text", { minRevision: "3" }, "/minRevision"],
  ["an address that is a name", { clientIp: "localhost" }, "/clientIp"],
  ["an address with a zone", { clientIp: "fe80::1%eth0" }, "/clientIp"],
])("refuses a check with %s", async (_title, changes, path) => {
  await using service = await startService();
  await makeAcme(service);

  const problem = await service.refuse(authorize, { body: { token: "x", ...premium, ...changes } });

  expect(problem).toMatchObject({ code: "request_invalid", errors: [{ path }] });
});

test("refuses a check in an unknown workspace before it looks at the token", async () => {
  await using service = await startService();

  const problem = await service.refuse(authorize, {
    path: { workspace: "nowhere" },
    key: null,
    body: { token: "x", ...premium },
  });

  expect(problem).toMatchObject({ code: "workspace_unknown", status: 404 });
});
