import type { SimulationRequest } from "@byot/authorizer";
import { describe, expect, test } from "vitest";
import { allowAll, allowWhen, configuration, policy } from "./support/configuration.js";
import { noon } from "./support/identity-provider.js";
import { startAuthorizer } from "./support/start-authorizer.js";

const premium = allowWhen({ function: "string_equal", attribute: "ext_plan", value: "premium" });
const order = { resource: "orders", action: "approve" };

function start(given: Parameters<typeof configuration>[0] = { policies: [premium] }) {
  const { authorizer, ...started } = startAuthorizer([configuration(given)]);
  return {
    ...started,
    simulate: async (request: Partial<SimulationRequest> = {}) =>
      authorizer.simulate({ workspaceId: "acme", attributes: {}, ...request }),
  };
}

describe("a simulation", () => {
  test("decides on given attributes by the workspace's policies, and explains it", async () => {
    const { simulate } = start();

    const allowed = await simulate({ ...order, attributes: { ext_plan: "premium" } });
    const denied = await simulate({ ...order, attributes: { ext_plan: "free" } });

    expect(allowed).toMatchObject({
      ok: true,
      value: {
        allowed: true,
        decision: "Allow",
        reason: "allowed_by_rule",
        revision: 7,
        evaluatedAt: noon,
        trace: { value: "Allow" },
      },
    });
    expect(denied).toMatchObject({
      value: { allowed: false, decision: "Deny", nearestMisses: [{ policyId: "allow_when" }] },
    });
  });

  test("tells no values unless it is asked to", async () => {
    const { simulate } = start();
    const asked = { ...order, attributes: { ext_plan: "free" } };

    expect(JSON.stringify(await simulate(asked))).not.toContain("premium");
    expect(JSON.stringify(await simulate({ ...asked, revealValues: true }))).toContain("premium");
  });

  test("answers the engine's whole result where nothing is certain", async () => {
    const { simulate } = start();

    expect(await simulate(order)).toMatchObject({
      value: {
        allowed: false,
        decision: "Indeterminate",
        indeterminate: "DP",
        reason: "undetermined",
        missing: ["ext_plan"],
        errors: [{ code: "missing_attribute" }],
      },
    });
  });

  test("is never recorded", async () => {
    const { simulate, decisions, refusals } = start();

    await simulate({ ...order, attributes: { ext_plan: "premium" } });

    expect([...decisions, ...refusals]).toEqual([]);
  });

  test.each([
    ["a reserved resource", { resource: "billing", action: "read" }, "admin_resource_forbidden"],
    ["an unknown resource", { resource: "invoices", action: "read" }, "unknown_resource"],
    ["an unknown action", { resource: "orders", action: "dance" }, "unknown_action"],
    ["no resource", {}, "unknown_resource"],
  ])("denies %s as a check does", async (_, asked, reason) => {
    const { simulate } = start({ policies: [allowAll] });

    expect(await simulate(asked)).toMatchObject({ value: { allowed: false, reason } });
  });

  test("takes a value of a wrong type for what it is", async () => {
    const { simulate } = start({
      policies: [
        allowWhen({
          function: "string_equal",
          attribute: "ext_plan",
          value: "premium",
          on_missing: "true",
        }),
      ],
    });

    expect(await simulate({ ...order, attributes: { ext_plan: { tier: 1 } } })).toMatchObject({
      value: { allowed: false, reason: "undetermined" },
    });
  });

  test.each<[string, object, Partial<SimulationRequest>]>([
    [
      "is about an external principal",
      { function: "boolean_equal", attribute: "is_external_principal", value: true },
      {},
    ],
    [
      "is about whom it is given",
      { function: "boolean_equal", attribute: "is_external_principal", value: false },
      { attributes: { is_external_principal: false } },
    ],
    [
      "is made at the time given",
      { function: "string_equal", attribute: "day_of_week", value: "saturday" },
      { currentTime: new Date("2026-03-07T12:00:00Z") },
    ],
    [
      "takes no other time from the attributes",
      { function: "string_equal", attribute: "day_of_week", value: "monday" },
      { attributes: { day_of_week: "sunday", current_time: "2020-01-01T00:00:00Z" } },
    ],
    [
      "is made from the address given",
      { function: "ip_equal", attribute: "ip_address", value: "192.0.2.7" },
      { ipAddress: "192.0.2.7" },
    ],
    [
      "reads the context as metadata",
      {
        function: "integer_equal",
        attribute: "request_metadata",
        metadata_key: "amount",
        value: 50,
      },
      { context: { amount: 50 } },
    ],
  ])("%s", async (_, condition, request) => {
    const { simulate } = start({ policies: [allowWhen(condition)] });

    expect(await simulate({ ...order, ...request })).toMatchObject({ value: { allowed: true } });
  });

  test("of an unknown workspace, or a revision it never had, is refused", async () => {
    const { simulate } = start();

    expect(await simulate({ workspaceId: "globex" })).toMatchObject({
      error: { code: "workspace_unknown" },
    });
    expect(await simulate({ minRevision: 8 })).toMatchObject({
      error: { code: "revision_unknown" },
    });
  });
});

describe("a simulation of drafts", () => {
  const silent = policy("silent", {
    rules: [
      {
        rule_id: "gold",
        effect: "Allow",
        conditions: [{ function: "string_equal", attribute: "ext_plan", value: "gold" }],
      },
    ],
  });

  test("asks them alone, whatever the resource", async () => {
    const { simulate } = start({ policies: [allowAll] });

    expect(
      await simulate({ policies: [premium], attributes: { ext_plan: "premium" } }),
    ).toMatchObject({ value: { allowed: true, determining: [{ policyId: "allow_when" }] } });
    expect(
      await simulate({ policies: [premium], attributes: { ext_plan: "free" }, ...order }),
    ).toMatchObject({ value: { decision: "Deny" } });
  });

  test("leaves open what they say nothing about", async () => {
    const { simulate } = start();

    expect(await simulate({ policies: [silent], attributes: { ext_plan: "free" } })).toMatchObject({
      value: { allowed: false, decision: "NotApplicable" },
    });
  });

  test("asks them together: a Deny of one outweighs an Allow of the other", async () => {
    const { simulate } = start();
    const never = policy("never", { rules: [{ rule_id: "never", effect: "Deny" }] });

    expect(await simulate({ policies: [allowAll, never] })).toMatchObject({
      value: { decision: "Deny", determining: [{ policyId: "never" }] },
    });
  });

  test("opens no reserved resource either", async () => {
    const { simulate } = start();

    expect(await simulate({ policies: [allowAll], resource: "billing" })).toMatchObject({
      value: { allowed: false, reason: "admin_resource_forbidden" },
    });
  });

  test("goes by the workspace's time zone", async () => {
    const { simulate } = start({ settings: { timeZone: "Pacific/Kiritimati" } });
    const night = allowWhen({
      function: "time_in_range",
      attribute: "current_time",
      value: ["02:00", "02:00"],
    });

    expect(await simulate({ policies: [night] })).toMatchObject({ value: { allowed: true } });
  });

  test("of one name twice is a mistake in the calling code", async () => {
    const { simulate } = start();

    await expect(simulate({ policies: [premium, premium] })).rejects.toThrow(
      new TypeError("two policies have the same id"),
    );
  });
});
