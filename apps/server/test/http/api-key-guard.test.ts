import { routes, type Scope, scopes } from "@byot/api-contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { everythingIn, makeAcme } from "../support/acme.js";
import { everyRoute, goodCalls, guardedRoutes, type ListedRoute } from "../support/every-route.js";
import { type Service, startService } from "../support/service.js";

interface Credential {
  readonly title: string;
  readonly code: string;
  /** Which routes it does not open. @defaultValue every route that wants a key */
  readonly where?: (route: ListedRoute) => boolean;
  readonly headers: (service: Service, route: ListedRoute) => Promise<Record<string, string>>;
}

const past = new Date("2026-03-01T00:00:00Z");
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const withoutScope = ({ access }: ListedRoute): readonly Scope[] =>
  scopes.filter((scope) => scope !== access);

const needsScope = ({ access }: ListedRoute): boolean => access !== "any_key";

/** What does not open a route, and what is said of it. */
const badCredentials: readonly Credential[] = [
  { title: "no key", code: "api_key_missing", headers: async () => ({}) },
  { title: "an empty key", code: "api_key_invalid", headers: async () => bearer("") },
  { title: "a malformed key", code: "api_key_invalid", headers: async () => bearer("byot_x_y") },
  {
    title: "a key under another scheme",
    code: "api_key_invalid",
    headers: async ({ rootKey }) => ({ authorization: `Basic ${rootKey}` }),
  },
  {
    title: "an unknown key",
    code: "api_key_invalid",
    headers: async () => bearer(`byot_AAAAAAAA_${"A".repeat(43)}`),
  },
  {
    title: "a wrong secret with a known id",
    code: "api_key_invalid",
    headers: async ({ rootKey }) => bearer(`${rootKey.slice(0, 14)}${"A".repeat(43)}`),
  },
  {
    title: "the root key with more behind it",
    code: "api_key_invalid",
    headers: async ({ rootKey }) => bearer(`${rootKey}A`),
  },
  {
    title: "a revoked key",
    code: "api_key_invalid",
    headers: async (service) => bearer(await service.makeKey({ revokedAt: past })),
  },
  {
    title: "a key that ended this moment",
    code: "api_key_invalid",
    headers: async (service) => bearer(await service.makeKey({ expiresAt: service.clock.now() })),
  },
  {
    title: "a user's token",
    code: "api_key_invalid",
    headers: async (service) => bearer(await service.tokenOf("ada")),
  },
  {
    title: "a key with every scope but the one",
    code: "scope_missing",
    where: needsScope,
    headers: async (service, route) =>
      bearer(await service.makeKey({ scopes: withoutScope(route) })),
  },
  {
    title: "a key of another workspace",
    code: "workspace_not_permitted",
    where: needsScope,
    headers: async (service) => bearer(await service.makeKey({ workspaceId: "beta" })),
  },
];

describe.each(guardedRoutes)("$title", ({ title, route }) => {
  let service: Service;

  beforeAll(async () => {
    service = await startService();
    await makeAcme(service);
  });

  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  const here = badCredentials.filter(({ where = () => true }) => where(route));

  test.each(here)("refuses $title with $code", async ({ code, headers }) => {
    const credential = await headers(service, route);
    const before = await everythingIn(service);

    const problem = await service.refuse(route, {
      ...goodCalls[title],
      key: null,
      version: 1,
      headers: credential,
    });

    expect(problem.code).toBe(code);
    expect(await everythingIn(service)).toEqual(before);
  });

  test("checks the key before anything else of the request", async () => {
    const problem = await service.refuse(route, { path: { workspace: "\0" }, key: null });

    expect(problem.code).toBe("api_key_missing");
  });
});

test("asks every route for an API key but those that check a token, sign in or say where they are", () => {
  const open = everyRoute.filter(
    ({ route }) => !guardedRoutes.some((each) => each.route === route),
  );

  expect(open.map(({ title, route }) => [title, route.access])).toEqual([
    ["decisions.authorize", "token"],
    ["decisions.authorizeBatch", "token"],
    ["session.create", "anyone"],
    ["session.remove", "anyone"],
    ["authzen.evaluation", "token"],
    ["authzen.evaluations", "token"],
    ["authzen.metadata", "anyone"],
  ]);
});

test("shows the presets to any good key, whatever its scopes and its workspace", async () => {
  await using service = await startService();
  const key = await service.makeKey({ scopes: [], workspaceId: "beta" });

  const { status, answer } = await service.call(routes.presets.list, { key });

  expect(status).toBe(200);
  expect(answer.data.map(({ providerType }) => providerType)).toContain("clerk");
});

test.each([
  ["a user's token", (service: Service) => service.tokenOf("ada")],
  ["a revoked key", (service: Service) => service.makeKey({ revokedAt: past })],
  ["nonsense", async () => "nonsense"],
])("refuses a check that shows %s as its key, though none is needed", async (_title, makeKey) => {
  await using service = await startService();
  await makeAcme(service);
  const token = await service.tokenOf("ada");
  const key = await makeKey(service);

  const answer = await service.send("/v1/workspaces/acme/authorize", {
    method: "POST",
    headers: bearer(key),
    body: { token, resource: "premium-features", action: "access" },
  });

  expect(answer).toMatchObject({ status: 401, body: { code: "api_key_invalid" } });
});

test("takes the scheme of the credential in any case", async () => {
  await using service = await startService();

  const answer = await service.send("/v1/workspaces", {
    headers: { authorization: `bearer ${service.rootKey}` },
  });

  expect(answer.status).toBe(200);
});
