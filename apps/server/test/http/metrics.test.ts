import { routes } from "@byot/api-contract";
import { expect, test } from "vitest";
import { makeAcme } from "../support/acme.js";
import { type Service, startService } from "../support/service.js";

const token = "scrape-scrape-scrape-scrape";
const orders = { resource: "orders", action: "approve" };

async function scrape(service: Service): Promise<string> {
  const answer = await fetch(`${service.url}/metrics`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toContain("text/plain; version=0.0.4");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  return answer.text();
}

test("is no route where nobody asked for metrics, and says how to ask", async () => {
  await using service = await startService();

  const answer = await service.send("/metrics");

  expect(answer).toMatchObject({ status: 404, body: { code: "route_unknown" } });
  expect(answer.text).toContain("BYOT_METRICS_PORT");
});

test.each([
  ["nothing", {}, "api_key_missing"],
  ["another token", { authorization: "Bearer scrape" }, "api_key_invalid"],
  ["the token with more behind it", { authorization: `Bearer ${token}x` }, "api_key_invalid"],
  ["the token as a password", { authorization: `Basic ${token}` }, "api_key_missing"],
])("tells nothing to whoever shows %s", async (_title, headers, code) => {
  await using service = await startService({ metricsToken: token });

  const answer = await service.send("/metrics", { headers });

  expect(answer).toMatchObject({ status: 401, body: { code } });
});

test("tells nothing for an API key, were it the root key", async () => {
  await using service = await startService({ metricsToken: token });

  const headers = { authorization: `Bearer ${service.rootKey}` };

  expect(await service.send("/metrics", { headers })).toMatchObject({ status: 401 });
});

test("tells what was decided and refused, and names no workspace, subject, policy or token", async () => {
  await using service = await startService({ metricsToken: token });
  await makeAcme(service);
  const ada = await service.tokenOf("ada");
  const context = { orderAmount: 50_000 };
  await service.call(routes.decisions.authorize, { body: { token: ada, ...orders, context } });
  await service.call(routes.decisions.authorize, { body: { token: ada, ...orders } });
  await service.refuse(routes.decisions.authorize, { body: { token: "no.jwt", ...orders } });

  const text = await scrape(service);

  expect(text).toContain('byot_decisions_total{decision="Allow",reason="allowed_by_rule"} 1');
  expect(text).toMatch(/byot_decisions_with_missing_attributes_total\{decision="Deny"\} 1/);
  expect(text).toContain('byot_refused_checks_total{code="token_malformed"} 1');
  expect(text).toContain('byot_check_duration_seconds_count{stage="total"} 3');
  expect(text).toContain('byot_check_duration_seconds_count{stage="record"} 2');
  expect(text).toContain("byot_audit_recorded_decisions_total 2");
  expect(text).toContain('byot_key_sources{issuer="https://login.acme.com",state="fresh"} 1');
  expect(text).toMatch(/byot_http_answers_total\{status="401"\} 1\n/);
  for (const unspoken of ["orders", "order_approval", "ada", "acme-login", ada]) {
    expect(text).not.toContain(unspoken);
  }
});

test("is logged no more than health checks are", async () => {
  await using service = await startService({ metricsToken: token });
  await scrape(service);

  expect(service.logged()).toEqual([]);
});
