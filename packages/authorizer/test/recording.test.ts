import { describe, expect, test } from "vitest";
import type { DecisionRecord } from "@byot/storage";
import { issueToken, noon } from "./support/identity-provider.js";
import { startAuthorizer } from "./support/start-authorizer.js";

const ada = await issueToken("ada");
const outage = new Error("the disk is full");
const failing = {
  append: () => Promise.reject(outage),
  appendRefusals: () => Promise.reject(outage),
};

describe("a decision", () => {
  test("is recorded with who asked, what for, the answer and its reason", async () => {
    const { check, decisions, refusals } = startAuthorizer();

    await check({ token: ada, requestId: "request-9", context: { orderAmount: 50_000 } });

    expect(refusals).toEqual([]);
    expect(decisions).toEqual([
      {
        decisionId: "id-1",
        workspaceId: "acme",
        at: noon,
        revision: 7,
        requestId: "request-9",
        issuer: "https://idp.acme.test",
        subject: "ada",
        providerId: "acme-idp",
        resource: "orders",
        action: "approve",
        decision: "Allow",
        reason: "allowed_by_rule",
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
        durationMicros: 1500,
      },
    ]);
  });

  test.each([
    ["an administrative resource", "billing", "admin_resource_forbidden"],
    ["an unknown resource", "invoices", "unknown_resource"],
  ])("is recorded when it is a Deny for %s", async (_, resource, reason) => {
    const { check, decisions } = startAuthorizer();

    const checked = await check({ token: ada, resource });

    expect(decisions).toMatchObject([{ resource, decision: "Deny", reason, decisionId: "id-1" }]);
    expect(checked).toMatchObject({ value: { decision: "Deny", reason, decisionId: "id-1" } });
  });

  test("is answered only after it has been recorded", async () => {
    const events: string[] = [];
    const written = deferred();
    const appending = deferred();
    const { check } = startAuthorizer(undefined, {
      decisionLog: {
        ...failing,
        append: async () => {
          appending.resolve();
          await written.promise;
          events.push("recorded");
        },
      },
    });

    const answered = check({ token: ada }).then(() => events.push("answered"));
    await appending.promise;
    await macrotask();
    const before = [...events];
    written.resolve();
    await answered;

    expect(before).toEqual([]);
    expect(events).toEqual(["recorded", "answered"]);
  });

  test.each([
    ["an Allow", "orders"],
    ["a Deny", "billing"],
  ])("is not answered when it can not be recorded, even %s", async (_, resource) => {
    const { check, reports } = startAuthorizer(undefined, { decisionLog: failing });

    const checked = await check({ token: ada, resource });

    expect(checked).toEqual({
      ok: false,
      error: {
        code: "audit_unavailable",
        detail: "the decision could not be recorded and is therefore not answered",
      },
    });
    expect(reports).toEqual([outage]);
  });

  test("is not answered when the log throws at once", async () => {
    const { check, reports } = startAuthorizer(undefined, {
      decisionLog: {
        ...failing,
        append: (): never => {
          throw outage;
        },
      },
    });

    const checked = await check({ token: ada });

    expect(checked).toMatchObject({ ok: false, error: { code: "audit_unavailable" } });
    expect(reports).toEqual([outage]);
  });

  test("is not answered when the operator can not be told either", async () => {
    const broken = new Error("the log file is gone");
    const { check } = startAuthorizer(undefined, {
      decisionLog: failing,
      onNotRecorded: (): never => {
        throw broken;
      },
    });

    await expect(check({ token: ada })).rejects.toBe(broken);
  });

  test("is recorded alone: no token, no claim and no context", async () => {
    const { check, decisions } = startAuthorizer();

    await check({ token: ada, context: { cardNumber: "4111-1111" } });

    expect(fieldsOf(decisions)).toEqual([
      "action",
      "at",
      "decision",
      "decisionId",
      "determining",
      "durationMicros",
      "errors",
      "issuer",
      "providerId",
      "reason",
      "requestId",
      "resource",
      "revision",
      "subject",
      "workspaceId",
    ]);
    expect(JSON.stringify(decisions)).not.toMatch(/4111|premium|manager|token-id-of-the-test/);
    for (const part of ada.split(".")) {
      expect(JSON.stringify(decisions)).not.toContain(part);
    }
  });
});

describe("a refused token", () => {
  test("is recorded, and no decision with it", async () => {
    const { check, decisions, refusals } = startAuthorizer();

    await check({ token: "not a token", requestId: "request-9", resource: "billing" });

    expect(decisions).toEqual([]);
    expect(refusals).toEqual([
      {
        refusalId: "id-1",
        workspaceId: "acme",
        at: noon,
        requestId: "request-9",
        code: "token_malformed",
        resource: "billing",
        action: "approve",
      },
    ]);
  });

  test("is answered although it can not be recorded, and the operator is told", async () => {
    const { check, reports } = startAuthorizer(undefined, { decisionLog: failing });

    const checked = await check({ token: "not a token" });

    expect(checked).toMatchObject({ ok: false, error: { code: "token_malformed" } });
    expect(reports).toEqual([outage]);
  });
});

function fieldsOf(records: readonly DecisionRecord[]): readonly string[] {
  return records.flatMap((record) => Object.keys(record)).toSorted();
}

function deferred() {
  const settlers: (() => void)[] = [];
  const promise = new Promise<void>((settle) => {
    settlers.push(settle);
  });
  return { promise, resolve: () => settlers[0]?.() };
}

/** Everything that could have run by now has run. */
function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
