import { defaultWorkspaceSettings, type LoggedDecision, routes } from "@byot/api-contract";
import type { DecisionRecord } from "@byot/storage";
import { describe, expect, test } from "vitest";
import { makeAcme } from "../../support/acme.js";
import { decisionAt } from "../../support/log-records.js";
import { type Service, startService } from "../../support/service.js";

const { decision, decisions } = routes.audit;

async function record(
  service: Service,
  ...all: readonly Partial<DecisionRecord>[]
): Promise<readonly DecisionRecord[]> {
  const records = all.map((changes) => decisionAt("acme", service.clock.now(), changes));
  await service.storage.decisionLog.append(records);
  return records;
}

async function find(
  service: Service,
  query: Readonly<Record<string, string>> = {},
): Promise<readonly LoggedDecision[]> {
  return (await service.call(decisions, { query })).answer.data;
}

const ruled = {
  determining: [
    {
      policyId: "order_approval",
      policyVersion: 3,
      ruleId: "anyone-low-value",
      effect: "Allow",
      priority: 0,
    },
  ],
} as const;

test.each([
  ["decision", { decision: "Allow" }, { decision: "Allow" }],
  ["reason", { reason: "no_rule_matched" }, { reason: "no_rule_matched" }],
  ["subject", { personal: { subject: "ben", attributes: [] } }, { subject: "ben" }],
  ["issuer", { issuer: "https://other.acme.com" }, { issuer: "https://other.acme.com" }],
  ["provider", { providerId: "okta" }, { provider: "okta" }],
  ["resource", { resource: "invoices" }, { resource: "invoices" }],
  ["action", { action: "read" }, { action: "read" }],
  ["policy", ruled, { policy: "order_approval" }],
  ["rule", ruled, { rule: "anyone-low-value" }],
] satisfies readonly (readonly [string, Partial<DecisionRecord>, Record<string, string>])[])(
  "are found by their %s",
  async (_title, changes, query) => {
    await using service = await startService();
    await makeAcme(service);
    const [wanted] = await record(service, changes, {});

    const found = await find(service, query);

    expect(found.map(({ decisionId }) => decisionId)).toEqual([wanted?.decisionId]);
  },
);

test("are found within a span of time, its start included and its end not", async () => {
  await using service = await startService();
  await makeAcme(service);
  const times = ["09:00:01.000", "09:00:02.000", "09:00:03.000"].map(
    (time) => `2026-03-02T${time}Z`,
  );
  await record(service, ...times.map((time) => ({ at: new Date(time) })));

  const found = await find(service, {
    from: "2026-03-02T10:00:01+01:00",
    until: "2026-03-02T09:00:03Z",
  });

  expect(found.map(({ at }) => at)).toEqual([times[1], times[0]]);
});

test("show all that the log keeps, the person's part too", async () => {
  await using service = await startService();
  await makeAcme(service);
  const personal = {
    subject: "ada",
    tokenIdHash: "ab".repeat(32),
    clientIp: "192.0.2.7",
    attributes: [{ name: "ext_role", origin: "token", value: "manager" }],
  } as const;
  const [written] = await record(service, { ...ruled, personal });

  const [shown] = await find(service);

  expect(shown).toEqual({
    decisionId: written?.decisionId,
    at: "2026-03-02T09:00:00.000Z",
    revision: 1,
    requestId: "order-7",
    issuer: "https://login.acme.com",
    provider: "acme-login",
    resource: "orders",
    action: "approve",
    decision: "Deny",
    reason: "denied_by_default",
    determining: [
      {
        policy: "order_approval",
        policyVersion: 3,
        rule: "anyone-low-value",
        effect: "Allow",
        priority: 0,
      },
    ],
    errors: [],
    durationMicros: 120,
    erased: false,
    ...personal,
  });
});

describe("one decision", () => {
  test("is read by the id that its answer carried", async () => {
    await using service = await startService();
    await makeAcme(service);
    const { answer } = await service.call(routes.decisions.authorize, {
      body: {
        token: await service.tokenOf("ada"),
        resource: "premium-features",
        action: "access",
      },
    });

    const path = { key: answer.data.decisionId };
    const { answer: read } = await service.call(decision, { path });

    expect(read.data).toMatchObject({
      decisionId: answer.data.decisionId,
      subject: "ada",
      decision: "Allow",
    });
  });

  test("of another workspace is unknown", async () => {
    await using service = await startService();
    await makeAcme(service);
    const elsewhere = decisionAt("beta", service.clock.now());
    await service.storage.decisionLog.append([elsewhere]);

    const problems = await Promise.all(
      [elsewhere.decisionId, "none", "%"].map((key) => service.refuse(decision, { path: { key } })),
    );

    expect(problems.map(({ code, status }) => [code, status])).toEqual([
      ["decision_unknown", 404],
      ["decision_unknown", 404],
      ["decision_unknown", 404],
    ]);
  });

  test("of a predecessor under the same id is unknown", async () => {
    await using service = await startService();
    const [old] = await record(service, {});
    service.clock.advanceSeconds(1);
    await makeAcme(service);

    const path = { key: old?.decisionId ?? "" };
    const problem = await service.refuse(decision, { path });

    expect(problem.code).toBe("decision_unknown");
    expect(await find(service, { from: "2020-01-01T00:00:00Z" })).toEqual([]);
  });
});

async function startHashing(): Promise<Service> {
  const service = await startService();
  await makeAcme(service);
  for (const hashSubjects of [false, true]) {
    const { headers } = await service.call(routes.workspaces.read);
    await service.call(routes.workspaces.replace, {
      version: headers.get("etag") ?? "",
      body: { name: "Acme", settings: { ...defaultWorkspaceSettings, hashSubjects } },
    });
    for (const person of ["ada", "ben", "ada"]) {
      service.clock.advanceSeconds(1);
      await service.call(routes.decisions.authorize, {
        body: {
          token: await service.tokenOf(person),
          resource: "premium-features",
          action: "access",
        },
      });
    }
  }
  return service;
}

describe("in a workspace that keeps pseudonyms", () => {
  test("decisions hold no plain subject any more", async () => {
    await using service = await startHashing();

    const subjects = (await find(service, { limit: "3" })).map(({ subject }) => subject);

    expect(subjects).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}$/),
      expect.stringMatching(/^[0-9a-f]{64}$/),
      subjects[0],
    ]);
    expect(subjects[1]).not.toBe(subjects[0]);
  });

  test("a subject's decisions are found by its plain name, before and after", async () => {
    await using service = await startHashing();

    const found = await find(service, { subject: "ada" });
    const [latest] = found;

    expect(found.map(({ at }) => at)).toEqual([
      "2026-03-02T09:00:06.000Z",
      "2026-03-02T09:00:04.000Z",
      "2026-03-02T09:00:03.000Z",
      "2026-03-02T09:00:01.000Z",
    ]);
    expect(await find(service, { subject: latest?.subject ?? "" })).toHaveLength(2);
  });

  test("pages of both neither repeat nor skip one", async () => {
    await using service = await startHashing();
    const whole = await find(service, { subject: "ada" });
    for (const limit of ["1", "2", "3", "4"]) {
      const seen: LoggedDecision[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const from: Record<string, string> = cursor === "" ? {} : { cursor };
        const query = { subject: "ada", limit, ...from };
        const { data, page } = (await service.call(decisions, { query })).answer;
        seen.push(...data);
        cursor = page.nextCursor;
      }

      expect(seen).toEqual(whole);
    }
  });
});
