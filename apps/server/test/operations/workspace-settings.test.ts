import { defaultWorkspaceSettings, routes, type WorkspaceSettings } from "@byot/api-contract";
import { describe, expect, test } from "vitest";
import { makeAcme } from "../support/acme.js";
import { type Service, startService } from "../support/service.js";

const { authorize } = routes.decisions;
const { create, read, replace } = routes.workspaces;
const { decisions } = routes.audit;

async function choose(service: Service, settings: Partial<WorkspaceSettings>): Promise<void> {
  const { headers } = await service.call(read);
  await service.call(replace, {
    version: headers.get("etag") ?? "",
    body: { name: "Acme", settings: { ...defaultWorkspaceSettings, ...settings } },
  });
}

/** Makes a resource that one condition opens. */
async function guardBy(service: Service, condition: object): Promise<void> {
  await service.call(routes.resources.create, { body: { name: "office", actions: ["enter"] } });
  const rules = [{ rule_id: "only", effect: "Allow", conditions: [condition] }];
  await service.call(routes.policies.create, {
    body: {
      name: "office_access",
      specification: { rules, default: { effect: "Deny" } },
      appliesTo: [{ resource: "office", actions: ["enter"] }],
    },
  });
}

async function enter(service: Service, more: object = {}, key?: string | null): Promise<string> {
  const { answer } = await service.call(authorize, {
    ...(key === undefined ? {} : { key }),
    body: { token: await service.tokenOf("ada"), resource: "office", action: "enter", ...more },
  });
  return answer.data.reason.code;
}

describe("the time zone", () => {
  test.each([["Europe/Berlin"], ["UTC"], ["America/Argentina/Buenos_Aires"], ["Etc/GMT+5"]])(
    "may be %s",
    async (timeZone) => {
      await using service = await startService();

      const { answer } = await service.call(create, {
        body: { id: "acme", name: "Acme", settings: { timeZone } },
      });

      expect(answer.data.settings).toEqual({ ...defaultWorkspaceSettings, timeZone });
    },
  );

  test("must be one there is, for a new workspace and for a changed one", async () => {
    await using service = await startService();
    await service.call(create, { body: { id: "acme", name: "Acme" } });
    const settings = { ...defaultWorkspaceSettings, timeZone: "Europe/Berlni" };

    const problems = [
      await service.refuse(create, { body: { id: "beta", name: "Beta", settings } }),
      await service.refuse(replace, { version: 1, body: { name: "Acme", settings } }),
    ];

    const expected = {
      code: "time_zone_unknown",
      status: 422,
      errors: [{ path: "/settings/timeZone" }],
    };
    expect(problems).toMatchObject([expected, expected]);
    expect((await service.call(read)).answer.data.version).toBe(1);
  });

  test("decides which day it is", async () => {
    await using service = await startService();
    await makeAcme(service);
    const condition = { function: "string_equal", attribute: "day_of_week", value: "tuesday" };
    await guardBy(service, condition);

    const inUtc = await enter(service);
    await choose(service, { timeZone: "Pacific/Kiritimati" });
    service.clock.advanceSeconds(3600);
    const fourteenHoursOn = await enter(service);

    expect([inUtc, fourteenHoursOn]).toEqual(["denied_by_default", "allowed_by_rule"]);
  });
});

describe("the user's address", () => {
  const fromOffice = { function: "ip_equal", attribute: "ip_address", value: "192.0.2.7" };
  const fromHere = { function: "ip_equal", attribute: "ip_address", value: "127.0.0.1" };

  test("is what a caller says that may, and stands in the log", async () => {
    await using service = await startService();
    await makeAcme(service);
    await guardBy(service, fromOffice);
    const key = await service.makeKey({ scopes: ["decisions:client_ip"] });

    const reason = await enter(service, { clientIp: "192.0.2.7" }, key);

    expect(reason).toBe("allowed_by_rule");
    const { answer } = await service.call(decisions);
    expect(answer.data[0]).toMatchObject({ clientIp: "192.0.2.7" });
  });

  test("is taken from nobody without the scope, and no decision is made then", async () => {
    await using service = await startService();
    await makeAcme(service);
    await guardBy(service, fromOffice);
    const explainer = await service.makeKey({ scopes: ["decisions:explain"] });
    const body = {
      token: await service.tokenOf("ada"),
      resource: "office",
      action: "enter",
      clientIp: "192.0.2.7",
    };

    const problems = [
      await service.refuse(authorize, { key: null, body }),
      await service.refuse(authorize, { key: explainer, body }),
    ];

    const expected = { code: "client_ip_not_permitted", status: 403 };
    expect(problems).toMatchObject([expected, expected]);
    expect((await service.call(decisions)).answer.data).toEqual([]);
  });

  test("is missing unless the workspace takes that of the connection", async () => {
    await using service = await startService();
    await makeAcme(service);
    await guardBy(service, fromHere);

    const before = await enter(service);
    await choose(service, { ipFromConnection: true });
    const after = await enter(service);

    expect([before, after]).toEqual(["undetermined", "allowed_by_rule"]);
  });

  test("is the one that the caller says, also where that of the connection is taken", async () => {
    await using service = await startService();
    await makeAcme(service);
    await guardBy(service, fromHere);
    await choose(service, { ipFromConnection: true });

    expect(await enter(service, { clientIp: "192.0.2.7" })).toBe("denied_by_default");
  });
});

describe("the decision log", () => {
  test("holds what a workspace lets it keep of the attributes", async () => {
    await using service = await startService();
    await makeAcme(service);
    const logged: unknown[] = [];
    for (const logAttributes of ["none", "names", "values"] as const) {
      await choose(service, { logAttributes });
      await service.call(authorize, {
        body: {
          token: await service.tokenOf("ada"),
          resource: "premium-features",
          action: "access",
        },
      });
      const { answer } = await service.call(decisions, { query: { limit: "1" } });
      logged.push(answer.data[0]?.attributes);
    }

    const plan = { name: "ext_plan", origin: "token" };
    expect(logged).toEqual([[], [plan], [{ ...plan, value: "premium" }]]);
  });

  test("holds nothing of a workspace that wants none", async () => {
    await using service = await startService();
    await makeAcme(service);
    await guardBy(service, { function: "string_equal", attribute: "ext_role", value: "manager" });
    await choose(service, { decisionLog: "off" });

    expect(await enter(service)).toBe("allowed_by_rule");
    expect((await service.call(decisions)).answer.data).toEqual([]);
  });

  test("holds what a buffered workspace was answered, a moment later", async () => {
    await using service = await startService();
    await makeAcme(service);
    await guardBy(service, { function: "string_equal", attribute: "ext_role", value: "manager" });
    await choose(service, { decisionLog: "buffered" });

    expect(await enter(service)).toBe("allowed_by_rule");
    await expect
      .poll(async () => (await service.call(decisions)).answer.data.length, { timeout: 10_000 })
      .toBe(1);
  });
});

test.each([
  [{ retentionDays: 0 }, "/settings/retentionDays"],
  [{ retentionDays: 1.5 }, "/settings/retentionDays"],
  [{ decisionLog: "sometimes" }, "/settings/decisionLog"],
  [{ logAttributes: "all" }, "/settings/logAttributes"],
  [{ timeZone: "+01:00" }, "/settings/timeZone"],
  [{ hashSubject: true }, "/settings/hashSubject"],
])("refuses %j", async (settings, path) => {
  await using service = await startService();

  const problem = await service.refuse(create, { body: { id: "acme", name: "Acme", settings } });

  expect(problem).toMatchObject({ code: "request_invalid", errors: [{ path }] });
});
