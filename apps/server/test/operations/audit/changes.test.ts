import { type LoggedChange, routes } from "@byot/api-contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { premiumAccess } from "../../../src/demo/demo-policies.js";
import { acmeProvider, makeAcme } from "../../support/acme.js";
import { type Service, startService } from "../../support/service.js";

const { changes } = routes.audit;

let service: Service;
let key: string;

beforeAll(async () => {
  service = await startService();
  await makeAcme(service);
  key = await service.makeKey({ workspaceId: "acme" });
});

afterAll(async () => {
  await service[Symbol.asyncDispose]();
});

async function find(
  query: Readonly<Record<string, string>> = {},
): Promise<readonly LoggedChange[]> {
  return (await service.call(changes, { query })).answer.data;
}

test("tell who made which change by which request, the last one first", async () => {
  service.clock.advanceSeconds(60);
  const created = await service.call(routes.resources.create, {
    key,
    headers: { "x-request-id": "make-reports" },
    body: { name: "reports", actions: ["read"] },
  });
  const replaced = await service.call(routes.resources.replace, {
    key,
    path: { key: "reports" },
    version: created.answer.data.version,
    body: { category: "custom", actions: ["read", "export"] },
  });
  await service.call(routes.resources.remove, {
    path: { key: "reports" },
    version: replaced.answer.data.version,
  });

  const found = await find({ kind: "resource", key: "reports" });

  const before = { name: "reports", category: "custom", actions: ["read"] };
  const after = { ...before, actions: ["read", "export"] };
  const keyId = key.slice(5, 13);
  expect(found).toMatchObject([
    { operation: "delete", by: { kind: "api_key" }, before: after },
    { operation: "replace", by: { kind: "api_key", id: keyId }, before, after },
    {
      operation: "create",
      by: { kind: "api_key", id: keyId },
      requestId: "make-reports",
      after: before,
    },
  ]);
  expect(found.map(({ revision }) => revision)).toEqual([
    replaced.answer.data.version + 1,
    replaced.answer.data.version,
    created.answer.data.version,
  ]);
  expect(found[2]).toMatchObject({ at: "2026-03-02T09:01:00.000Z" });
  expect(found[2]).not.toHaveProperty("before");
  expect(found[0]).not.toHaveProperty("after");
});

test("show policies and providers as the API takes them", async () => {
  const [policy] = await find({ kind: "policy", key: "premium_access" });
  const [provider] = await find({ kind: "provider" });

  expect(policy).toMatchObject({ operation: "create", after: premiumAccess });
  expect(provider).toMatchObject({ key: "acme-login", after: acmeProvider(service) });
  expect(provider?.after).not.toHaveProperty("keys");
});

test("tell of API keys without their secret or its hash", async () => {
  const made = await service.call(routes.apiKeys.create, {
    body: { name: "ci", scopes: ["config:read"], expiresAt: "2027-01-01T00:00:00Z" },
  });
  service.keepSecret(made.answer.data.key);
  await service.call(routes.apiKeys.revoke, { path: { key: made.answer.data.id } });

  const found = await find({ kind: "api_key", key: made.answer.data.id });

  expect(found).toMatchObject([
    { operation: "replace", after: { revokedAt: "2026-03-02T09:01:00.000Z" } },
    { operation: "create", after: { name: "ci", scopes: ["config:read"] } },
  ]);
  const { secretHash = "" } = (await service.storage.apiKeys.find(made.answer.data.id)) ?? {};
  expect(JSON.stringify(found)).not.toContain(secretHash);
});

test("are found by time", async () => {
  const later = await find({ from: "2026-03-02T09:01:00Z" });
  const earlier = await find({ until: "2026-03-02T09:01:00Z" });

  expect(later.length).toBeGreaterThan(0);
  expect(earlier.every(({ at }) => at < "2026-03-02T09:01:00Z")).toBe(true);
  expect(later.length + earlier.length).toBe((await find()).length);
});

test("are listed in pages that neither repeat nor skip one", async () => {
  const whole = await find();
  const seen: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const from: Record<string, string> = cursor === "" ? {} : { cursor };
    const { data, page } = (await service.call(changes, { query: { limit: "2", ...from } })).answer;
    seen.push(...data.map(({ changeId }) => changeId));
    cursor = page.nextCursor;
  }

  expect(seen).toEqual(whole.map(({ changeId }) => changeId));
});

test("of a predecessor under the same id are not shown", async () => {
  const path = { workspace: "phoenix" };
  const body = { id: "phoenix", name: "Phoenix" };
  const first = await service.call(routes.workspaces.create, { body });
  const version = first.answer.data.version;
  service.clock.advanceSeconds(1);
  await service.call(routes.workspaces.remove, { path, version });
  service.clock.advanceSeconds(1);
  await service.call(routes.workspaces.create, { body });

  const { answer } = await service.call(changes, { path });

  expect(answer.data).toMatchObject([{ kind: "workspace", operation: "create", revision: 3 }]);
});

test.each([
  [{ kind: "secret" }, "/kind"],
  [{ from: "yesterday" }, "/from"],
  [{ cursor: "nonsense" }, "/cursor"],
])("refuse the query %j", async (query, path) => {
  const problem = await service.refuse(changes, { query });

  expect(problem).toMatchObject({ code: "request_invalid", errors: [{ path }] });
});
