import { request as openRequest } from "node:http";
import { once } from "node:events";
import { routes } from "@byot/api-contract";
import { expect, test } from "vitest";
import { makeAcme } from "../support/acme.js";
import { type Service, startService } from "../support/service.js";

const fields = ["level", "method", "milliseconds", "msg", "requestId", "route", "status", "time"];

async function checkOnce(service: Service): Promise<void> {
  const token = await service.tokenOf("ada");
  await service.call(routes.decisions.authorize, {
    key: null,
    headers: { "x-request-id": "order-7" },
    body: { token, resource: "premium-features", action: "access" },
  });
}

test("logs a request by its id, method, route pattern, status and time, and nothing else", async () => {
  await using service = await startService();
  await makeAcme(service);

  await service.call(routes.policies.list, { headers: { "x-request-id": "order-7" } });

  const line = service.logged().at(-1);
  expect(Object.keys(line ?? {}).toSorted()).toEqual(fields);
  expect(line).toMatchObject({
    requestId: "order-7",
    method: "GET",
    route: "/v1/workspaces/:workspace/policies",
    status: 200,
    msg: "answered",
  });
});

test("leaves requests for decisions to the decision log", async () => {
  await using service = await startService();
  await makeAcme(service);
  const before = service.logged();

  await checkOnce(service);

  expect(service.logged()).toEqual(before);
});

test("logs requests for decisions like all others where that is wanted", async () => {
  await using service = await startService({ logDecisions: true });
  await makeAcme(service);

  await checkOnce(service);

  const line = service.logged().at(-1);
  expect(Object.keys(line ?? {}).toSorted()).toEqual(fields);
  expect(line).toMatchObject({
    requestId: "order-7",
    method: "POST",
    route: "/v1/workspaces/:workspace/authorize",
    status: 200,
    msg: "answered",
  });
});

test("logs no query, header or path text of a request that no route answers", async () => {
  await using service = await startService();
  const token = service.keepSecret("eyJhbGciOiJSUzI1NiJ9.e30.c2ln");

  await fetch(`${service.url}/v1/${token}?token=${token}`, {
    headers: { authorization: `Bearer ${token}`, cookie: `token=${token}` },
  });

  expect(service.logged()).toHaveLength(1);
  expect(service.logged()[0]).toMatchObject({ route: "none", status: 404 });
});

test("logs no health checks", async () => {
  await using service = await startService();

  await service.send("/healthz");
  await service.send("/readyz");

  expect(service.logged()).toEqual([]);
});

test("tells a request that the caller gave up from one that was answered", async () => {
  await using service = await startService();
  const { port } = new URL(service.url);
  const request = openRequest({
    port,
    method: "POST",
    path: "/v1/workspaces",
    headers: {
      authorization: `Bearer ${service.rootKey}`,
      "content-type": "application/json",
      "content-length": 100,
      // The server says `100 Continue` when it has the request.
      expect: "100-continue",
    },
  });
  request.on("error", () => undefined).flushHeaders();
  await once(request, "continue");
  request.destroy();

  await expect
    .poll(() => service.logged(), { timeout: 10_000 })
    .toEqual([expect.objectContaining({ msg: "abandoned by the caller" })]);
});
