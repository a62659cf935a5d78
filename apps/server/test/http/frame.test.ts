import { routes } from "@byot/api-contract";
import type { JsonAnswer } from "@byot/testkit";
import { describe, expect, test } from "vitest";
import { createHttpFrame } from "@byot/server";
import { makeAcme } from "../support/acme.js";
import { type Service, startService } from "../support/service.js";

const premium = { resource: "premium-features", action: "access" };
const app = "https://app.acme.com";

async function checkWith(service: Service, token: string, headers = {}): Promise<JsonAnswer> {
  return service.ask(routes.decisions.authorize, {
    body: { token, ...premium },
    key: null,
    headers,
  });
}

const from = (client: string): Record<string, string> => ({ "x-forwarded-for": client });

describe("failed checks", () => {
  test("are answered by 429 when there are too many, and a good token passes all the same", async () => {
    await using service = await startService({ http: { failedChecksPerMinute: 2 } });
    await makeAcme(service);
    const first = [await checkWith(service, "guess.one"), await checkWith(service, "guess.two")];

    const refused = await checkWith(service, "guess.three");
    const good = await checkWith(service, await service.tokenOf("ada"));

    expect(first).toMatchObject([{ status: 401 }, { status: 401 }]);
    expect(refused).toMatchObject({ status: 429, body: { code: "rate_limited" } });
    expect(refused.headers.get("ratelimit-limit")).toBe("2");
    expect(refused.headers.get("ratelimit-remaining")).toBe("0");
    expect(Number(refused.headers.get("ratelimit-reset"))).toBeGreaterThan(0);
    expect(refused.headers.get("retry-after")).toBe(refused.headers.get("ratelimit-reset"));
    expect(good).toMatchObject({ status: 200, body: { data: { allowed: true } } });
  });

  test("in one workspace are no matter in another", async () => {
    await using service = await startService({ http: { failedChecksPerMinute: 1 } });
    await makeAcme(service);
    await service.call(routes.workspaces.create, { body: { id: "globex", name: "Globex" } });
    await checkWith(service, "guess.one");
    await checkWith(service, "guess.two");

    const elsewhere = await service.ask(routes.decisions.authorize, {
      path: { workspace: "globex" },
      body: { token: "guess.three", ...premium },
      key: null,
    });

    expect(elsewhere).toMatchObject({ status: 401 });
  });

  test("count for the client that a believed proxy names", async () => {
    await using service = await startService({
      http: { failedChecksPerMinute: 1, trustedProxies: ["loopback"] },
    });
    await makeAcme(service);
    await checkWith(service, "guess.one", from("192.0.2.7"));

    expect(await checkWith(service, "guess.two", from("192.0.2.7"))).toMatchObject({ status: 429 });
    expect(await checkWith(service, "guess.two", from("192.0.2.8"))).toMatchObject({ status: 401 });
  });
});

test("wrong API keys are answered by 429 when there are too many, and a good one passes", async () => {
  await using service = await startService({ http: { failedChecksPerMinute: 1 } });
  const key = `byot_AAAAAAAA_${"B".repeat(43)}`;
  await service.refuse(routes.workspaces.list, { key });

  const refused = await service.refuse(routes.workspaces.list, { key });

  expect(refused).toMatchObject({ status: 429, code: "rate_limited" });
  await service.call(routes.workspaces.list);
});

test("a client that asks too much is refused, but for health checks", async () => {
  await using service = await startService({ http: { requestsPerMinute: 1 } });
  await service.call(routes.workspaces.list);

  expect(await service.refuse(routes.workspaces.list)).toMatchObject({ code: "rate_limited" });
  expect(await service.send("/healthz")).toMatchObject({ status: 200 });
  expect(await service.send("/readyz")).toMatchObject({ status: 200 });
});

describe("a page of another origin", () => {
  const preflight = {
    method: "OPTIONS",
    headers: { origin: app, "access-control-request-method": "POST" },
  };

  test("may read answers where its origin is listed", async () => {
    await using service = await startService({ http: { corsOrigins: [app] } });
    await makeAcme(service);

    const answer = await checkWith(service, "guess", { origin: app });

    expect(answer.status).toBe(401);
    expect(answer.headers.get("access-control-allow-origin")).toBe(app);
    expect(answer.headers.get("vary")).toBe("Origin");
  });

  test("is told so before it asks, without a body", async () => {
    await using service = await startService({ http: { corsOrigins: [app] } });

    const answer = await fetch(`${service.url}/v1/workspaces/acme/authorize`, preflight);

    expect(answer.status).toBe(204);
    expect(await answer.text()).toBe("");
    expect(answer.headers.get("access-control-allow-methods")).toContain("POST");
    expect(answer.headers.get("x-request-id")).not.toBeNull();
  });

  test("may not read answers where nobody has listed it", async () => {
    await using service = await startService();

    const answer = await service.send("/v1/workspaces", preflight);

    expect(answer).toMatchObject({ status: 405 });
    expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual(
      [],
    );
  });
});

test("policies read the address that a believed proxy names, where the workspace wants the connection's", async () => {
  await using service = await startService({ http: { trustedProxies: ["loopback"] } });
  await makeAcme(service);
  const { answer, headers } = await service.call(routes.workspaces.read);
  await service.call(routes.workspaces.replace, {
    version: headers.get("etag") ?? "",
    body: {
      name: "Acme",
      settings: { ...answer.data.settings, ipFromConnection: true, logAttributes: "values" },
    },
  });
  await service.call(routes.resources.create, { body: { name: "vault", actions: ["open"] } });
  await service.call(routes.policies.create, {
    body: {
      name: "from_office",
      specification: {
        rules: [
          {
            rule_id: "office",
            effect: "Allow",
            conditions: [
              { function: "ip_in_cidr", attribute: "ip_address", value: "192.0.2.0/24" },
            ],
          },
        ],
        default: { effect: "Deny" },
      },
      appliesTo: [{ resource: "vault", actions: ["open"] }],
    },
  });
  const token = await service.tokenOf("ada");
  const openFrom = async (client: string): Promise<boolean> => {
    const { answer: decision } = await service.call(routes.decisions.authorize, {
      body: { token, resource: "vault", action: "open" },
      key: null,
      headers: { "x-forwarded-for": client },
    });
    return decision.data.allowed;
  };

  expect(await openFrom("192.0.2.7")).toBe(true);
  expect(await openFrom("198.51.100.1")).toBe(false);
  expect(await openFrom("192.0.2.7, 198.51.100.1")).toBe(false);
  expect(await openFrom("unknown")).toBe(false);
});

test.each([
  ["trustedProxies", { trustedProxies: ["everybody"] }],
  ["corsOrigins", { corsOrigins: ["*"] }],
])("a frame is not made with %s that are none", (name, options) => {
  expect(() => createHttpFrame({ createId: () => "id", options })).toThrow(name);
});
