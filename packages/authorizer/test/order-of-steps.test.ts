import { describe, expect, test } from "vitest";
import { allowWhen, configuration } from "./support/configuration.js";
import { issueToken, noon } from "./support/identity-provider.js";
import { realVerifier, startAuthorizer } from "./support/start-authorizer.js";

const ada = await issueToken("ada");

describe("a check", () => {
  test("looks for the workspace before it looks at the token, and records nothing about one that is unknown", async () => {
    const { check, decisions, refusals } = startAuthorizer();

    const checked = await check({ workspaceId: "globex", token: "not a token" });

    expect(checked).toEqual({
      ok: false,
      error: { code: "workspace_unknown", detail: "there is no workspace `globex`" },
    });
    expect([...decisions, ...refusals]).toEqual([]);
  });

  test("verifies the token before it maps claims", async () => {
    const { check } = startAuthorizer([requiringDepartment()]);

    const checked = await check({ token: await issueToken("ada", { expiresInSeconds: -600 }) });

    expect(checked).toMatchObject({ ok: false, error: { code: "token_expired" } });
  });

  test("maps claims before it looks at the resource", async () => {
    const { check } = startAuthorizer([requiringDepartment()]);

    const checked = await check({ token: ada, resource: "billing" });

    expect(checked).toMatchObject({ ok: false, error: { code: "token_claim_missing" } });
  });

  test("tells nothing about resources to someone whose token is refused", async () => {
    const { check } = startAuthorizer();
    const asked = ["billing", "unknown", "orders"].map((resource) =>
      check({ token: "not a token", resource }),
    );

    const answers = new Set((await Promise.all(asked)).map((answer) => JSON.stringify(answer)));

    expect([...answers]).toEqual([
      '{"ok":false,"error":{"code":"token_malformed","detail":"the token is not three base64url parts joined by dots"}}',
    ]);
  });

  test.each([
    [
      "a reserved resource, even with an unknown action",
      "billing",
      "dance",
      "admin_resource_forbidden",
    ],
    ["a resource that the workspace does not have", "invoices", "dance", "unknown_resource"],
    ["an action that the resource does not have", "orders", "dance", "unknown_action"],
    ["an action written in other letters", "orders", "Approve", "unknown_action"],
    ["`*` for a resource", "*", "approve", "unknown_resource"],
    ["`*` for an action", "orders", "*", "unknown_action"],
    ["a resource named like an inherited property", "constructor", "approve", "unknown_resource"],
    ["an action named like an inherited property", "orders", "toString", "unknown_action"],
  ])("denies %s before any policy could allow it", async (...[, resource, action, reason]) => {
    const { check } = startAuthorizer();

    const checked = await check({ token: ada, resource, action });

    expect(checked).toMatchObject({
      ok: true,
      value: { allowed: false, decision: "Deny", reason, determining: [], errors: [], missing: [] },
    });
  });

  test("takes every step once, in this order", async () => {
    const steps: string[] = [];
    const verifier = realVerifier();
    const { check } = startAuthorizer([configuration()], {
      stopwatch: () => steps.push("stopwatch"),
      verifier: {
        verify: (...question) => {
          steps.push("verify");
          return verifier.verify(...question);
        },
      },
      clock: () => {
        steps.push("clock");
        return noon;
      },
      createId: () => {
        steps.push("id");
        return "id-1";
      },
      append: () => Promise.resolve(void steps.push("append")),
    });

    await check({ token: ada });

    expect(steps).toEqual(["stopwatch", "verify", "clock", "id", "stopwatch", "append"]);
  });
});

describe("the answer", () => {
  test("carries what was decided, on which revision, when, and how long the token lives", async () => {
    const { check } = startAuthorizer([configuration({ revision: 42 })]);

    const checked = await check({ token: ada });

    expect(checked).toEqual({
      ok: true,
      value: {
        allowed: true,
        decision: "Allow",
        reason: "allowed_by_rule",
        decisionId: "id-1",
        revision: 42,
        evaluatedAt: noon,
        tokenExpiresAt: new Date(noon.getTime() + 600_000),
        obligations: [],
        determining: [
          {
            policyId: "allow_all",
            policyVersion: 7,
            ruleId: "everything",
            effect: "Allow",
            priority: 0,
          },
        ],
        errors: [],
        missing: [],
        nearestMisses: [],
      },
    });
  });

  test("explains a denial when asked to, with values only when they may be seen", async () => {
    const premium = { function: "string_equal", attribute: "ext_plan", value: "gold" };
    const { check } = startAuthorizer([configuration({ policies: [allowWhen(premium)] })]);

    const plain = await check({ token: ada });
    const named = await check({ token: ada, explain: "without_values" });
    const valued = await check({ token: ada, explain: "with_values" });

    expect(plain).toMatchObject({ value: { nearestMisses: [] } });
    expect(plain).not.toHaveProperty("value.trace");
    expect(named).toMatchObject({ value: { trace: { value: "Deny" } } });
    expect(JSON.stringify(named)).not.toContain("gold");
    expect(valued).toMatchObject({
      value: {
        nearestMisses: [
          { sentence: "rule `condition-holds` would allow if `ext_plan` were `gold`" },
        ],
      },
    });
  });

  test("is a Deny with the reason `undetermined` when a condition can not be evaluated", async () => {
    const integer = { function: "integer_equal", attribute: "ext_plan", value: 1 };
    const { check } = startAuthorizer([configuration({ policies: [allowWhen(integer)] })]);

    const checked = await check({ token: await issueToken("nobody") });

    expect(checked).toMatchObject({
      ok: true,
      value: {
        allowed: false,
        decision: "Deny",
        reason: "undetermined",
        missing: ["ext_plan"],
        errors: [{ code: "missing_attribute", attribute: "ext_plan", decisive: true }],
      },
    });
  });

  test.each([
    ["no permission covers the action", { permissions: [] }, "no_permission"],
    ["no rule matches and no policy has a default", neverMatching(), "no_rule_matched"],
  ])("is a Deny when %s", async (_, situation, reason) => {
    const { check } = startAuthorizer([configuration(situation)]);

    const checked = await check({ token: ada });

    expect(checked).toMatchObject({
      ok: true,
      value: { allowed: false, decision: "Deny", reason },
    });
  });
});

function requiringDepartment() {
  const claimMappings = [{ attribute: "department", jwtPath: "department", required: true }];
  return configuration({ provider: { claimMappings } });
}

function neverMatching() {
  const condition = { function: "string_equal", attribute: "ext_plan", value: "platinum" };
  const { name, specification } = allowWhen(condition);
  return { policies: [{ name, specification: { rules: specification.rules } }] };
}
