import { routes } from "@byot/api-contract";
import { describe, expect, test } from "vitest";
import { allowAll, everythingIn, makeAcme } from "../support/acme.js";
import { type Service, startService } from "../support/service.js";

const { simulate } = routes.decisions;
const premium = { resource: "premium-features", action: "access" };
const free = { attributes: { ext_plan: "free" }, ...premium };

async function startAcme(): Promise<Service> {
  const service = await startService();
  await makeAcme(service);
  return service;
}

test("says what would be decided on given attributes, and why, and records nothing", async () => {
  await using service = await startAcme();
  const before = await everythingIn(service);

  const { answer } = await service.call(simulate, { body: free });

  expect(answer.data).toMatchObject({
    allowed: false,
    decision: "Deny",
    reason: { code: "denied_by_default", message: "no rule allows it and the default denies it" },
    determining: [{ policy: "premium_access", rule: null }],
    evaluatedAt: "2026-03-02T09:00:00.000Z",
    explanation: {
      nearestMisses: [{ rule: "premium-plan", changes: [{ actual: "free", expected: "premium" }] }],
      trace: { kind: "set" },
    },
  });
  expect(answer.data.revision).toBe(await service.storage.revision("acme"));
  expect(await everythingIn(service)).toEqual(before);
});

test("tells an undetermined answer as what it is", async () => {
  await using service = await startAcme();

  const { answer } = await service.call(simulate, { body: { attributes: {}, ...premium } });

  expect(answer.data).toMatchObject({
    allowed: false,
    decision: "Indeterminate",
    indeterminate: "DP",
    reason: { code: "undetermined" },
    missing: ["ext_plan"],
  });
});

test("shows values to a key that may read the configuration alone", async () => {
  await using service = await startAcme();
  const key = await service.makeKey({ scopes: ["decisions:explain"], workspaceId: "acme" });

  const { answer } = await service.call(simulate, { key, body: free });

  expect(answer.data.explanation.nearestMisses).toHaveLength(1);
  expect(JSON.stringify(answer)).not.toMatch(/"actual"|"expected":"premium"/);
});

test.each([
  ["nine in the evening", { currentTime: "2026-03-02T21:00:00+01:00" }, "2026-03-02T20:00:00.000Z"],
  ["now", {}, "2026-03-02T09:00:00.000Z"],
])("is as if it were %s", async (_title, changes, evaluatedAt) => {
  await using service = await startAcme();

  const { answer } = await service.call(simulate, { body: { ...free, ...changes } });

  expect(answer.data.evaluatedAt).toBe(evaluatedAt);
});

test("is as if it came from an address", async () => {
  await using service = await startAcme();
  const fromOffice = {
    name: "office",
    specification: {
      rules: [
        {
          rule_id: "office",
          effect: "Allow",
          conditions: [{ function: "ip_in_cidr", attribute: "ip_address", value: "192.0.2.0/24" }],
        },
      ],
    },
  };
  const body = { attributes: {}, policies: [fromOffice] };

  const inside = await service.call(simulate, { body: { ...body, ipAddress: "192.0.2.7" } });
  const outside = await service.call(simulate, { body: { ...body, ipAddress: "198.51.100.7" } });

  expect([inside, outside].map(({ answer }) => answer.data.decision)).toEqual([
    "Allow",
    "NotApplicable",
  ]);
});

describe("a simulation of drafts", () => {
  test("asks those alone, and stores none of them", async () => {
    await using service = await startAcme();
    const before = await everythingIn(service);

    const { answer } = await service.call(simulate, { body: { ...free, policies: [allowAll] } });

    expect(answer.data).toMatchObject({
      allowed: true,
      determining: [{ policy: "allow_all", policyVersion: 0, rule: "anyone" }],
    });
    expect(await everythingIn(service)).toEqual(before);
  });

  test("does not open what is administrative", async () => {
    await using service = await startAcme();

    const { answer } = await service.call(simulate, {
      body: { ...free, resource: "workspace::policies", policies: [allowAll] },
    });

    expect(answer.data).toMatchObject({
      allowed: false,
      reason: { code: "admin_resource_forbidden" },
    });
  });

  test.each([
    [
      "is none",
      { name: "odd", specification: { rules: "all" } },
      "/policies/1/specification/rules",
    ],
    ["has no name", { specification: allowAll.specification }, "/policies/1/name"],
    [
      "reads an attribute at another type than its provider maps",
      {
        name: "odd",
        specification: {
          rules: [
            {
              rule_id: "r",
              effect: "Allow",
              conditions: [
                { function: "integer_equal", attribute: "ext_plan", value: 1 },
                { function: "string_equal", attribute: "ext_plan", value: "a" },
              ],
            },
          ],
        },
      },
      "/policies/1/specification",
    ],
  ])("is refused when one %s", async (_title, draft, path) => {
    await using service = await startAcme();

    const problem = await service.refuse(simulate, {
      body: { ...free, policies: [allowAll, draft] },
    });

    expect(problem.code).toBe("policy_invalid");
    expect(problem.errors?.every((each) => each.path.startsWith(path))).toBe(true);
  });

  test("is refused in a workspace that does not exist", async () => {
    await using service = await startAcme();
    const path = { workspace: "nowhere" };

    const problems = [
      await service.refuse(simulate, { path, body: free }),
      await service.refuse(simulate, { path, body: { ...free, policies: [allowAll] } }),
    ];

    expect(problems.map(({ code }) => code)).toEqual(["workspace_unknown", "workspace_unknown"]);
  });
});

test.each([
  ["no resource and no draft", { resource: undefined }, "/resource"],
  ["two drafts of one name", { policies: [allowAll, allowAll] }, "/policies"],
  ["an attribute in capitals", { attributes: { Plan: "free" } }, "/attributes"],
  ["an address that is none", { ipAddress: "home" }, "/ipAddress"],
  ["a time that is none", { currentTime: "noon" }, "/currentTime"],
])("refuses a simulation with %s", async (_title, changes, path) => {
  await using service = await startAcme();

  const problem = await service.refuse(simulate, { body: { ...free, ...changes } });

  expect(problem).toMatchObject({ code: "request_invalid", errors: [{ path }] });
});
