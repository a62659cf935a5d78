import { routes, type StatisticsAnswer } from "@byot/api-contract";
import { expect, test } from "vitest";
import { decisionAt, refusalAt } from "../../support/log-records.js";
import { type Service, startService } from "../../support/service.js";

const { statistics } = routes.audit;
const at = (time: string): Date => new Date(`2026-03-02T${time}Z`);

async function makeWorkspaceAt(service: Service, time: string): Promise<void> {
  service.clock.advanceSeconds((at(time).getTime() - service.clock.now().getTime()) / 1000);
  await service.call(routes.workspaces.create, { body: { id: "acme", name: "Acme" } });
}

async function count(service: Service): Promise<StatisticsAnswer> {
  const query = {
    from: "2026-03-02T09:00:00Z",
    until: "2026-03-02T12:00:00Z",
    bucketSeconds: "3600",
  };
  return (await service.call(statistics, { query })).answer.data;
}

const defaultOf = (policyId: string): object => ({
  determining: [{ policyId, policyVersion: 1, ruleId: null, effect: "Deny", priority: 0 }],
});

const noRule = { reason: "no_rule_matched" };

async function recordDay({ storage }: Service): Promise<void> {
  await storage.decisionLog.append([
    decisionAt("acme", at("09:10:00"), defaultOf("orders")),
    decisionAt("acme", at("10:10:00"), defaultOf("orders")),
    decisionAt("acme", at("10:40:00"), defaultOf("orders")),
    decisionAt("acme", at("10:50:00"), { decision: "Allow", reason: "allowed_by_rule" }),
    decisionAt("acme", at("11:10:00"), defaultOf("orders")),
    decisionAt("acme", at("11:20:00"), noRule),
  ]);
  await storage.decisionLog.appendRefusals([
    refusalAt("acme", at("09:20:00")),
    refusalAt("acme", at("10:20:00")),
    refusalAt("acme", at("10:45:00")),
  ]);
}

function numbersOf({ buckets }: StatisticsAnswer): readonly (readonly unknown[])[] {
  return buckets.map(({ at: start, allowed, denied, refused }) => [
    start,
    allowed,
    denied,
    refused,
  ]);
}

test("count each bucket of the span, reasons and what denied", async () => {
  await using service = await startService();
  await makeWorkspaceAt(service, "09:00:00");
  await recordDay(service);

  const answer = await count(service);

  expect(numbersOf(answer)).toEqual([
    ["2026-03-02T09:00:00.000Z", 0, 1, 1],
    ["2026-03-02T10:00:00.000Z", 1, 2, 2],
    ["2026-03-02T11:00:00.000Z", 0, 2, 0],
  ]);
  expect(answer.reasons).toEqual([
    { reason: "denied_by_default", count: 4 },
    { reason: "allowed_by_rule", count: 1 },
    { reason: "no_rule_matched", count: 1 },
  ]);
  expect(answer.denyingRules).toEqual([{ policy: "orders", rule: null, count: 4 }]);
  expect(answer.buckets[0]).toMatchObject({ p50Micros: 200, p99Micros: 200 });
});

test("count nothing from before the workspace was made, within a bucket either", async () => {
  await using service = await startService();
  await makeWorkspaceAt(service, "10:30:00");
  await recordDay(service);

  const answer = await count(service);

  expect(numbersOf(answer)).toEqual([
    ["2026-03-02T09:00:00.000Z", 0, 0, 0],
    ["2026-03-02T10:00:00.000Z", 1, 1, 1],
    ["2026-03-02T11:00:00.000Z", 0, 2, 0],
  ]);
  expect(answer.reasons).toEqual([
    { reason: "denied_by_default", count: 2 },
    { reason: "allowed_by_rule", count: 1 },
    { reason: "no_rule_matched", count: 1 },
  ]);
  expect(answer.denyingRules).toEqual([{ policy: "orders", rule: null, count: 2 }]);
});

test.each([
  ["in the last bucket", "11:15:00", [0, 0, 1]],
  ["between two buckets", "11:00:00", [0, 0, 2]],
  ["at the end of the span", "12:00:00", [0, 0, 0]],
  ["after the span", "13:00:00", [0, 0, 0]],
])("of a workspace made %s count what came since", async (_title, time, denied) => {
  await using service = await startService();
  await makeWorkspaceAt(service, time);
  await recordDay(service);

  const { buckets } = await count(service);

  expect(buckets.map((bucket) => bucket.denied)).toEqual(denied);
});

test.each([
  [{}, "/from"],
  [
    { from: "2026-03-02T09:00:00Z", until: "2026-03-02T09:30:00Z", bucketSeconds: "3600" },
    "/until",
  ],
  [
    { from: "2026-03-02T09:00:00Z", until: "2026-03-03T09:00:00Z", bucketSeconds: "1" },
    "/bucketSeconds",
  ],
])("refuse the query %j", async (query, path) => {
  await using service = await startService();
  await makeWorkspaceAt(service, "09:00:00");

  const problem = await service.refuse(statistics, { query });

  expect(problem.code).toBe("request_invalid");
  expect(problem.errors?.[0]).toMatchObject({ path });
});
