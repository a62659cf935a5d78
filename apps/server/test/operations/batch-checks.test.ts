import { routes } from "@byot/api-contract";
import { expect, test } from "vitest";
import { makeAcme } from "../support/acme.js";
import { startService } from "../support/service.js";

const batch = routes.decisions.authorizeBatch;
const premium = { resource: "premium-features", action: "access" };
const order = (orderAmount: number) => ({
  resource: "orders",
  action: "approve",
  context: { orderAmount },
});

test("answers questions in their order, all on one revision, each with a record of its own", async () => {
  await using service = await startService();
  await makeAcme(service);
  const token = await service.tokenOf("cleo");
  const checks = [premium, order(50_000), order(10_000), { resource: "cellar", action: "enter" }];

  const { answer } = await service.call(batch, { key: null, body: { token, checks } });
  const { revision, decisions } = answer.data;
  const { items } = await service.storage.decisionLog.list("acme", { limit: 200 });

  expect(decisions.map(({ allowed, reason }) => [allowed, reason.code])).toEqual([
    [true, "allowed_by_rule"],
    [false, "denied_by_default"],
    [true, "allowed_by_rule"],
    [false, "unknown_resource"],
  ]);
  expect(new Set(decisions.map((decision) => decision.revision))).toEqual(new Set([revision]));
  expect(items.map(({ decisionId }) => decisionId).toSorted()).toEqual(
    decisions.map(({ decisionId }) => decisionId).toSorted(),
  );
});

test("verifies the token once: a bad one refuses all of them, and is recorded once", async () => {
  await using service = await startService();
  await makeAcme(service);

  const problem = await service.refuse(batch, {
    key: null,
    body: { token: "not-a-token", checks: [premium, order(1)] },
  });
  await new Promise(setImmediate);
  const { items } = await service.storage.decisionLog.listRefusals("acme", { limit: 200 });

  expect(problem.code).toBe("token_malformed");
  expect(items).toMatchObject([{ count: 1, resource: "*", action: "*" }]);
});

test("explains each decision to a key that may know, with values to one that may read them", async () => {
  await using service = await startService();
  await makeAcme(service);
  const token = await service.tokenOf("ben");
  const body = { token, checks: [premium, order(50_000)], explain: true };
  const explaining = await service.makeKey({ scopes: ["decisions:explain"] });

  const withoutValues = await service.call(batch, { key: explaining, body });
  const withValues = await service.call(batch, { body });
  const problem = await service.refuse(batch, { key: null, body });

  const summaries = withoutValues.answer.data.decisions.map((each) => each.explanation?.summary);
  expect(summaries).toEqual([
    "no rule allows it, and policy `premium_access` denies by default",
    "no rule allows it, and policy `order_approval` denies by default",
  ]);
  expect(JSON.stringify(withoutValues.answer)).not.toContain('"actual"');
  expect(JSON.stringify(withValues.answer)).toContain('"actual":"free"');
  expect(problem.code).toBe("explain_not_permitted");
});

test.each([
  ["an address without the scope for it", { clientIp: "192.0.2.1" }, "client_ip_not_permitted"],
  ["a revision that is not there yet", { minRevision: 1000 }, "revision_unknown"],
  ["no token", { token: undefined }, "token_missing"],
  ["no question", { checks: [] }, "request_invalid"],
  ["101 questions", { checks: Array.from({ length: 101 }, () => premium) }, "request_invalid"],
  ["a question that is misspelt", { checks: [{ ...premium, contxt: {} }] }, "request_invalid"],
])("refuses a batch with %s", async (_title, changes, code) => {
  await using service = await startService();
  await makeAcme(service);
  const token = await service.tokenOf("ada");

  const problem = await service.refuse(batch, {
    key: null,
    body: { token, checks: [premium], ...changes },
  });

  expect(problem.code).toBe(code);
});
