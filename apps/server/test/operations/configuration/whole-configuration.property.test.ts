import { type ConfigDocument, routes } from "@byot/api-contract";
import { defaultWorkspaceSettings } from "@byot/storage";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Service, startService } from "../../support/service.js";

const { read, apply } = routes.configuration;
const runs = 30;

let service: Service;

beforeAll(async () => {
  service = await startService();
  for (const id of ["acme", "beta"]) {
    await service.call(routes.workspaces.create, { body: { id, name: id } });
  }
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

const text = fc
  .string({ minLength: 1, maxLength: 20, unit: "grapheme-ascii" })
  .filter((each) => each.trim() !== "");
const keys = (names: readonly string[]) => fc.subarray([...names]);
const priority = fc.integer({ min: -1_000_000, max: 1_000_000 });

const condition = fc.oneof(
  fc.record({
    function: fc.constantFrom("string_equal", "string_not_equal"),
    attribute: fc.constantFrom("ext_plan", "ext_role", "external_subject"),
    value: text,
  }),
  fc.record({
    function: fc.constant("integer_less_equal"),
    attribute: fc.constant("request_metadata"),
    metadata_key: fc.constantFrom("amount", "__proto__", "constructor"),
    value: fc.integer(),
  }),
);

const specification = fc.record(
  {
    rules: fc
      .array(fc.tuple(fc.constantFrom("Allow", "Deny"), fc.array(condition, { maxLength: 3 })), {
        minLength: 1,
        maxLength: 4,
      })
      .map((rules) =>
        rules.map(([effect, conditions], index) => ({
          rule_id: `rule-${index}`,
          effect,
          conditions,
        })),
      ),
    default: fc.record({ effect: fc.constantFrom("Allow", "Deny") }),
  },
  { requiredKeys: ["rules"] },
);

const provider = (id: string) =>
  fc.record(
    {
      id: fc.constant(id),
      name: text,
      providerType: fc.constantFrom("oidc", "okta", "clerk"),
      enabled: fc.boolean(),
      issuer: fc.constantFrom("https://login.acme.com", "https://idp.acme.com/"),
      allowedAudiences: fc.constant([id]),
      audienceClaims: fc.subarray(["aud", "azp", "client_id"], { minLength: 1 }),
      algorithms: fc.subarray(["RS256", "ES256"], { minLength: 1 }),
      clockToleranceSeconds: fc.nat(300),
      requireKid: fc.boolean(),
      claimMappings: fc
        .subarray(["plan", "role", "teams"])
        .map((names) => names.map((attribute) => ({ attribute, jwtPath: `claims.${attribute}` }))),
    },
    {
      requiredKeys: ["id", "name", "enabled", "issuer", "allowedAudiences"],
    },
  );

const document = fc
  .record({
    name: text,
    retentionDays: fc.integer({ min: 1, max: 36_500 }),
    providers: keys(["okta", "clerk", "auth0"]).chain((ids) => fc.tuple(...ids.map(provider))),
    resources: keys(["orders", "orders.lines", "invoices", "reports"]),
    policies: keys(["a_policy", "b-policy", "c:policy"]).chain((names) =>
      fc.tuple(
        ...names.map((name) => specification.map((each) => ({ name, specification: each }))),
      ),
    ),
    permissions: fc.array(fc.tuple(fc.nat(), fc.nat(), priority), { maxLength: 6 }),
  })
  .map(({ name, retentionDays, providers, resources, policies, permissions }) => ({
    formatVersion: 1,
    workspace: { name, settings: { ...defaultWorkspaceSettings, retentionDays } },
    providers,
    resources: resources.map((each) => ({ name: each, actions: ["read", "write"] })),
    policies,
    permissions:
      policies.length === 0
        ? []
        : permissions.map(([resource, policy, rank], index) => ({
            id: `permission-${index}`,
            resource: [...resources, "*"][resource % (resources.length + 1)],
            actions: ["*"],
            policy: policies[policy % policies.length]?.name,
            priority: rank,
          })),
  }));

async function exported(workspace: string) {
  const { headers, text: answer } = await service.ask(read, { path: { workspace } });
  return { text: answer, version: headers.get("etag") ?? "" };
}

async function applyTo(workspace: string, body: unknown, query = {}) {
  const { version } = await exported(workspace);
  const { answer } = await service.call(apply, {
    path: { workspace },
    query: { skipConnectionTest: "true", ...query },
    body,
    version,
  });
  return answer.data;
}

const dataOf = (answer: string): ConfigDocument => read.answer.parse(JSON.parse(answer)).data;

test("any configuration becomes what any other one says, as planned, and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(document, async (wanted) => {
      const neighbour = await exported("beta");

      const planned = await applyTo("acme", wanted, { dryRun: "true" });
      const applied = await applyTo("acme", wanted);
      const once = await exported("acme");
      const again = await applyTo("acme", wanted);
      const twice = await exported("acme");

      expect({ ...applied, applied: false, version: 0 }).toEqual({ ...planned, version: 0 });
      expect([again.created, again.changed, again.deleted]).toEqual([[], [], []]);
      expect(twice).toEqual(once);
      expect(await exported("beta")).toEqual(neighbour);
      expect(dataOf(once.text).policies).toHaveLength(wanted.policies.length);
    }),
    { numRuns: runs },
  );
});

test("any configuration comes back identical from its export, through nothing and through another one", async () => {
  await fc.assert(
    fc.asyncProperty(document, document, async (wanted, another) => {
      await applyTo("acme", wanted);
      const before = await exported("acme");

      await applyTo("acme", another);
      await applyTo("acme", dataOf(before.text));
      await applyTo("beta", dataOf(before.text));

      expect((await exported("acme")).text).toBe(before.text);
      expect((await exported("beta")).text).toBe(before.text);
    }),
    { numRuns: runs },
  );
});
