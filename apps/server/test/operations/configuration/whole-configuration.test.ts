import { type ConfigDocument, routes } from "@byot/api-contract";
import { describe, expect, test } from "vitest";
import { acmeProvider, allowAll, everythingIn, makeAcme } from "../../support/acme.js";
import { emptyConfiguration } from "../../support/every-route.js";
import { type Service, startService } from "../../support/service.js";

const { read, apply } = routes.configuration;
const offline = { skipConnectionTest: "true" };

async function exported(service: Service, workspace = "acme") {
  const { answer, headers } = await service.call(read, { path: { workspace } });
  return {
    document: answer.data,
    version: headers.get("etag") ?? "",
    text: JSON.stringify(answer),
  };
}

async function startAcme(): Promise<Service> {
  const service = await startService();
  await makeAcme(service);
  return service;
}

/** A configuration with one thing of each kind. */
function smallConfiguration(service: Service): Record<string, unknown> {
  return {
    ...emptyConfiguration,
    providers: [{ ...acmeProvider(service), enabled: true }],
    resources: [{ name: "orders", actions: ["read"] }],
    policies: [allowAll],
    permissions: [{ id: "all", resource: "orders", actions: ["*"], policy: "allow_all" }],
  };
}

describe("an export", () => {
  test("holds everything that is configured, ordered, without versions, times and secrets", async () => {
    await using service = await startAcme();

    const { document, text } = await exported(service);

    expect(document).toMatchObject({
      formatVersion: 1,
      workspace: { name: "Acme", settings: { decisionLog: "strict" } },
      providers: [{ id: "acme-login", name: "Acme login", providerType: "oidc", enabled: true }],
      resources: [{ name: "orders" }, { name: "premium-features" }],
      policies: [{ name: "order_approval" }, { name: "premium_access" }],
    });
    expect(document.permissions).toHaveLength(2);
    expect(text).not.toMatch(/"version"|createdAt|updatedAt|secretHash|"category":"system"/);
  });

  test("is the same text each time, in whatever order things were made", async () => {
    await using service = await startAcme();
    const before = await exported(service);
    const { resources, policies, permissions } = before.document;
    const { version } = await wipe(service, before.version);
    const reversed = {
      ...before.document,
      resources: resources.toReversed().map(reverseMembers),
      policies: policies.toReversed().map(reverseMembers),
      permissions: permissions.toReversed().map(reverseMembers),
    };

    await service.call(apply, { body: reversed, version });

    expect((await exported(service)).text).toBe(before.text);
    expect((await exported(service)).text).toBe(before.text);
  });

  test("carries the revision that it was made from", async () => {
    await using service = await startAcme();

    const { version } = await exported(service);

    expect(version).toBe(`"${await service.storage.revision("acme")}"`);
  });
});

// The members of every object the other way round.
function reverseMembers<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value), (_key, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toReversed())
      : member,
  );
}

async function wipe(service: Service, version: string): Promise<{ readonly version: string }> {
  const { headers } = await service.call(apply, { body: emptyConfiguration, version });
  return { version: headers.get("etag") ?? "" };
}

/** A workspace that can take no more resources. */
function full(prefix: string): object {
  const resources = Array.from({ length: 1000 }, (_, index) => ({
    name: `${prefix}${index}`,
    actions: ["read"],
  }));
  return { ...emptyConfiguration, resources };
}

describe("a document", () => {
  test("brings back what was exported, identical, after everything was wiped", async () => {
    await using service = await startAcme();
    const before = await exported(service);
    const token = await service.tokenOf("ada");
    const question = { token, resource: "premium-features", action: "access" };

    const wiped = await wipe(service, before.version);
    const empty = await exported(service);
    const denied = await service.refuse(routes.decisions.authorize, { body: question });
    const { answer } = await service.call(apply, { body: before.document, ...wiped });
    const after = await exported(service);
    const allowed = await service.call(routes.decisions.authorize, { body: question });

    expect(empty.document).toEqual(emptyConfiguration);
    expect(denied.code).toBe("token_issuer_unknown");
    expect(answer.data).toMatchObject({ applied: true, changed: [], deleted: [] });
    expect(answer.data.created).toHaveLength(7);
    expect(after.text).toBe(before.text);
    expect(allowed.answer.data.allowed).toBe(true);
  });

  test("makes another workspace the same, and leaves the first one alone", async () => {
    await using service = await startAcme();
    const { document, text } = await exported(service);
    await service.call(routes.workspaces.create, { body: { id: "beta", name: "Beta" } });
    const beta = await exported(service, "beta");
    const acme = await service.storage.readConfiguration("acme");

    await service.call(apply, {
      path: { workspace: "beta" },
      body: document,
      version: beta.version,
    });

    expect((await exported(service, "beta")).text).toBe(text);
    expect(await service.storage.readConfiguration("acme")).toEqual(acme);
  });

  test("is applied in one step: one revision, one time, each change in the log", async () => {
    await using service = await startAcme();
    const { document, version } = await exported(service);
    const [first, ...others] = document.policies;

    const { answer } = await service.call(apply, {
      version,
      body: {
        ...document,
        workspace: { ...document.workspace, name: "Acme Inc." },
        resources: [...document.resources, { name: "invoices", actions: ["read"] }],
        policies: [...others, { ...first, description: "Changed." }],
        permissions: document.permissions.slice(1),
      },
    });
    const { items } = await service.storage.changeLog.list("acme", { limit: 200 });
    const revision = Number(version.replaceAll('"', "")) + 1;

    expect(answer.data).toMatchObject({
      applied: true,
      version: revision,
      created: [{ kind: "resource", key: "invoices" }],
      changed: [
        { kind: "workspace", key: "acme" },
        { kind: "policy", key: first?.name },
      ],
      deleted: [{ kind: "permission", key: document.permissions[0]?.id }],
    });
    expect(items.filter((change) => change.revision === revision)).toHaveLength(4);
  });

  test("that changes nothing raises no revision, however it is spelt", async () => {
    await using service = await startAcme();
    const { document, version } = await exported(service);
    const before = await everythingIn(service);
    const respelt = reverseMembers({
      ...document,
      permissions: document.permissions.map(({ priority: _, ...rest }) => rest).toReversed(),
    });

    const { answer, headers } = await service.call(apply, { body: respelt, version });

    expect(answer.data).toMatchObject({ applied: true, created: [], changed: [], deleted: [] });
    expect(headers.get("etag")).toBe(version);
    expect(await everythingIn(service)).toEqual(before);
  });

  test("is planned and not applied by a dry run", async () => {
    await using service = await startAcme();
    const { version } = await exported(service);
    const before = await everythingIn(service);
    const body = smallConfiguration(service);

    const planned = await service.call(apply, { query: { dryRun: "true" }, body, version });
    const afterPlan = await everythingIn(service);
    const applied = await service.call(apply, { body, version });

    expect(planned.answer.data).toMatchObject({ applied: false });
    expect(`"${planned.answer.data.version}"`).toBe(version);
    expect(afterPlan).toEqual(before);
    const { version: _, ...plan } = planned.answer.data;
    expect(applied.answer.data).toMatchObject({ ...plan, applied: true });
  });

  test("answers what is worth knowing about its policies, at its place in the document", async () => {
    await using service = await startAcme();
    const { document, version } = await exported(service);
    const withoutMappings = document.providers.map((each) => ({ ...each, claimMappings: [] }));

    const { answer } = await service.call(apply, {
      query: { dryRun: "true" },
      body: { ...document, providers: withoutMappings },
      version,
    });

    expect(answer.data.findings).toContainEqual(
      expect.objectContaining({
        code: "UNKNOWN_ATTRIBUTE",
        severity: "warning",
        path: "/policies/1/specification/rules/0/conditions/0/attribute",
      }),
    );
  });

  test("is refused when the workspace has changed since", async () => {
    await using service = await startAcme();
    const { document, version } = await exported(service);
    await service.call(routes.resources.create, { body: { name: "invoices", actions: ["read"] } });
    const before = await everythingIn(service);

    const problem = await service.refuse(apply, { body: document, version });
    const unsaid = await service.refuse(apply, { body: document });

    expect([problem.code, unsaid.code]).toEqual(["version_stale", "version_required"]);
    expect(problem.detail).toContain(String(await service.storage.revision("acme")));
    expect(await everythingIn(service)).toEqual(before);
  });

  test("is refused when the workspace changes while it is looked at", async () => {
    let isFirst = true;
    await using service = await startService({
      wrapStorage: (storage) => ({
        ...storage,
        apply: async (changes) => {
          if (isFirst && changes.workspaceId === "acme" && changes.writes.length > 5) {
            isFirst = false;
            const value = { name: "invoices", category: "custom", actions: ["read"] };
            await storage.apply({
              by: changes.by,
              workspaceId: "acme",
              at: changes.at,
              writes: [{ operation: "put", kind: "resource", value, expectedVersion: null }],
            });
          }
          return storage.apply(changes);
        },
      }),
    });
    await makeAcme(service);
    const { version } = await exported(service);

    const problem = await service.refuse(apply, { body: emptyConfiguration, version });

    expect(problem.code).toBe("version_stale");
    expect(await service.storage.resources.find("acme", "orders")).toBeDefined();
  });

  test("needs `workspaces:write` to change the workspace itself, and for nothing else", async () => {
    await using service = await startAcme();
    const { document, version } = await exported(service);
    const key = await service.makeKey({ scopes: ["config:write"], workspaceId: "acme" });
    const { workspace } = document;

    const problems = [
      await service.refuse(apply, {
        key,
        version,
        body: { ...document, workspace: { ...workspace, name: "Mine" } },
      }),
      await service.refuse(apply, {
        key,
        version,
        query: { dryRun: "true" },
        body: {
          ...document,
          workspace: { ...workspace, settings: { ...workspace.settings, decisionLog: "off" } },
        },
      }),
    ];
    const applied = await service.call(apply, {
      key,
      version,
      body: { ...document, permissions: [] },
    });

    expect(problems.map(({ code }) => code)).toEqual(["scope_missing", "scope_missing"]);
    expect(applied.answer.data.applied).toBe(true);
  });

  const secretKey = { kty: "oct", k: "c2VjcmV0" };

  const mistakes: readonly (readonly [string, (good: ConfigDocument) => object, string, string])[] =
    [
      [
        "an unknown time zone",
        ({ workspace }) => ({
          workspace: {
            ...workspace,
            settings: { ...workspace.settings, timeZone: "Europe/Nowhere" },
          },
        }),
        "time_zone_unknown",
        "/workspace/settings/timeZone",
      ],
      [
        "a provider without audience",
        ({ providers: [first] }) => ({ providers: [{ ...first, allowedAudiences: [] }] }),
        "provider_audience_required",
        "/providers/0/allowedAudiences",
      ],
      [
        "a provider with a secret key",
        ({ providers: [first] }) => ({ providers: [{ ...first, jwks: { keys: [secretKey] } }] }),
        "provider_no_usable_key",
        "/providers/0/jwks/keys/0/k",
      ],
      [
        "two providers that vouch for the same tokens",
        ({ providers: [first] }) => ({ providers: [first, { ...first, id: "another" }] }),
        "provider_issuer_duplicate",
        "/providers/1",
      ],
      [
        "a resource of a reserved name",
        ({ resources }) => ({ resources: [...resources, { name: "billing", actions: ["read"] }] }),
        "resource_reserved",
        "/resources/2",
      ],
      [
        "a policy that is none",
        ({ policies }) => ({
          policies: [...policies, { name: "odd", specification: { rules: [{ effect: "Maybe" }] } }],
        }),
        "policy_invalid",
        "/policies/2/specification/rules/0/effect",
      ],
      [
        "a policy that reads an attribute at another type than its provider maps",
        ({ policies, providers: [first] }) => ({
          providers: [
            { ...first, claimMappings: [{ attribute: "plan", jwtPath: "plan", type: "integer" }] },
          ],
          policies,
        }),
        "policy_invalid",
        "/policies/1/specification/rules/0/conditions/0/attribute",
      ],
      [
        "a permission for a policy that is not in it",
        () => ({ policies: [] }),
        "reference_unknown",
        "/permissions/0/policy",
      ],
      [
        "a permission for a resource that is not in it",
        () => ({ resources: [] }),
        "reference_unknown",
        "/permissions/0/resource",
      ],
      [
        "a permission for an action that its resource does not have",
        ({ resources }) => ({ resources: resources.map((each) => ({ ...each, actions: ["x"] })) }),
        "reference_unknown",
        "/permissions/0/actions/0",
      ],
      [
        "a permission for what is administrative",
        ({ permissions: [first] }) => ({ permissions: [{ ...first, resource: "workspace" }] }),
        "resource_reserved",
        "/permissions/0",
      ],
    ];

  test.each(mistakes)(
    "is refused whole with %s, dry run or not",
    async (_title, change, ...[code, path]) => {
      await using service = await startAcme();
      const { document, version } = await exported(service);
      const before = await everythingIn(service);
      const body = { ...document, ...change(document) };

      const problems = [
        await service.refuse(apply, { body, version }),
        await service.refuse(apply, { body, version, query: { dryRun: "true" } }),
      ];

      expect(problems.map((problem) => problem.code)).toEqual([code, code]);
      expect(problems[0]?.errors?.map((each) => each.path)).toContain(path);
      expect(await everythingIn(service)).toEqual(before);
    },
  );

  test("tells all of its mistakes at once", async () => {
    await using service = await startAcme();
    const { document, version } = await exported(service);

    const problem = await service.refuse(apply, {
      version,
      body: {
        ...document,
        resources: [{ name: "billing", actions: ["read"] }],
        policies: [{ name: "odd" }],
      },
    });

    expect(problem.errors?.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        "/resources/0",
        "/policies/0/specification",
        "/permissions/0/policy",
      ]),
    );
  });

  test.each([
    ["without one of its lists", ({ permissions: _, ...rest }: ConfigDocument) => rest],
    ["of another format", (document: ConfigDocument) => ({ ...document, formatVersion: 2 })],
    ["with a field that is misspelt", (document: ConfigDocument) => ({ ...document, policy: [] })],
    [
      "with a provider that does not say whether it is enabled",
      (document: ConfigDocument) => ({
        ...document,
        providers: document.providers.map(({ enabled: _, ...rest }) => rest),
      }),
    ],
    [
      "with a policy twice",
      (document: ConfigDocument) => ({
        ...document,
        policies: [...document.policies, ...document.policies],
      }),
    ],
    ["that is an answer to an export", (document: ConfigDocument) => ({ data: document })],
  ])("is refused %s", async (_title, change) => {
    await using service = await startAcme();
    const { document, version } = await exported(service);

    const problem = await service.refuse(apply, { body: change(document), version });

    expect(problem.code).toBe("request_invalid");
  });

  test("is refused with more than a workspace holds", async () => {
    await using service = await startAcme();
    const { document, version } = await exported(service);
    const resources = Array.from({ length: 1001 }, (_, index) => ({
      name: `r${index}`,
      actions: ["read"],
    }));

    const problem = await service.refuse(apply, {
      version,
      body: { ...document, resources, permissions: [] },
    });

    expect(problem).toMatchObject({
      code: "quota_exceeded",
      detail: "a workspace holds at most 1000 resources",
    });
  });

  test("may replace a full workspace by another full one", async () => {
    await using service = await startAcme();
    const { version } = await exported(service);
    const first = await service.call(apply, { body: full("a"), version });

    const second = await service.call(apply, {
      body: full("b"),
      version: first.headers.get("etag") ?? "",
    });

    expect(second.answer.data.created).toHaveLength(1000);
    expect(second.answer.data.deleted).toHaveLength(1000);
  });

  test("is larger than any other body may be", async () => {
    await using service = await startAcme();
    const { document, version } = await exported(service);
    const description = "a".repeat(500);
    const resources = Array.from({ length: 999 }, (_, index) => ({
      name: `r${index}`,
      description,
      actions: Array.from({ length: 64 }, (_each, action) => `action-${action}-${"x".repeat(40)}`),
    }));

    const { answer } = await service.call(apply, {
      version,
      body: { ...document, resources, permissions: [] },
    });

    expect(JSON.stringify(resources).length).toBeGreaterThan(3_000_000);
    expect(answer.data.created).toHaveLength(999);
  });

  test("has the keys of its new and changed providers fetched, unless told otherwise", async () => {
    await using service = await startAcme();
    const { document, version } = await exported(service);
    const [first] = document.providers;
    const okta = {
      id: "okta",
      name: "Okta",
      enabled: true,
      issuer: "https://acme.okta.com",
      allowedAudiences: ["api"],
    };
    const body = { ...document, providers: [first, okta] };

    const problem = await service.refuse(apply, { body, version });
    const disabled = await service.call(apply, {
      query: { dryRun: "true" },
      body: { ...document, providers: [first, { ...okta, enabled: false }] },
      version,
    });
    const applied = await service.call(apply, { query: offline, body, version });
    const again = await service.call(apply, { body, version: applied.headers.get("etag") ?? "" });

    expect(problem).toMatchObject({
      code: "provider_jwks_unreachable",
      errors: [{ path: "/providers/1/issuer" }],
    });
    expect(disabled.answer.data.created).toEqual([{ kind: "provider", key: "okta" }]);
    expect(applied.answer.data.created).toEqual([{ kind: "provider", key: "okta" }]);
    expect(again.answer.data.created).toEqual([]);
  });
});

test("a workspace that does not exist has no configuration", async () => {
  await using service = await startService();

  const problems = [
    await service.refuse(read, { path: { workspace: "nowhere" } }),
    await service.refuse(apply, {
      path: { workspace: "nowhere" },
      body: emptyConfiguration,
      version: 1,
    }),
  ];

  expect(problems.map(({ code }) => code)).toEqual(["workspace_unknown", "workspace_unknown"]);
});
