import { describe, expect, test } from "vitest";
import type { DecisionRecord } from "@byot/storage";
import { issueToken, noon } from "./support/identity-provider.js";
import { settled } from "./support/manual-time.js";
import { readableHash, startAuthorizer } from "./support/start-authorizer.js";

const ada = await issueToken("ada");
const outage = new Error("the disk is full");
const failing = () => Promise.reject(outage);

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
        personal: {
          subject: "ada",
          tokenIdHash: readableHash("https://idp.acme.test\ntoken-id-of-the-test"),
          attributes: [],
        },
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

  test("is recorded with no more than the beginning of names that nothing bounds", async () => {
    const { check, decisions } = startAuthorizer();
    const long = "x".repeat(10_000);

    await check({ token: ada, resource: long, action: long, requestId: long });

    const kept = "x".repeat(256);
    expect(decisions).toMatchObject([{ resource: kept, action: kept, requestId: kept }]);
  });

  test("is answered only after it has been recorded", async () => {
    const events: string[] = [];
    const written = deferred();
    const appending = deferred();
    const { check } = startAuthorizer(undefined, {
      append: async () => {
        appending.resolve();
        await written.promise;
        events.push("recorded");
      },
    });

    const answered = check({ token: ada }).then(() => events.push("answered"));
    await appending.promise;
    await settled();
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
    const { check, reports } = startAuthorizer(undefined, { append: failing });

    const checked = await check({ token: ada, resource });

    expect(checked).toEqual({
      ok: false,
      error: {
        code: "audit_unavailable",
        detail: "the decision could not be recorded and is therefore not answered",
        retryAfterSeconds: 1,
      },
    });
    expect(reports).toEqual([{ error: outage, count: 1, answered: 0 }]);
  });

  test("is not answered when the log throws at once", async () => {
    const { check, reports } = startAuthorizer(undefined, {
      append: (): never => {
        throw outage;
      },
    });

    const checked = await check({ token: ada });

    expect(checked).toMatchObject({ ok: false, error: { code: "audit_unavailable" } });
    expect(reports).toEqual([{ error: outage, count: 1, answered: 0 }]);
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
      "personal",
      "providerId",
      "reason",
      "requestId",
      "resource",
      "revision",
      "workspaceId",
    ]);
    expect(JSON.stringify(decisions)).not.toMatch(/4111|premium|manager/);
    for (const part of ada.split(".")) {
      expect(JSON.stringify(decisions)).not.toContain(part);
    }
  });
});

describe("a text that no database takes", () => {
  const hostile = { resource: "orders\0", action: "\uD800", requestId: "r\0", clientIp: "\0" };
  const kept = { resource: "orders\uFFFD", action: "\uFFFD", requestId: "r\uFFFD" };

  test("keeps no decision out of the log", async () => {
    const { authorizer, check, decisions } = startAuthorizer();
    const subject = { workspaceId: "acme", hasApiKey: true, subjectId: "a\0b" };

    await check({ token: ada, ...hostile });
    await authorizer.checkSubject({ ...subject, ...hostile });

    expect(decisions).toMatchObject([
      { ...kept, reason: "unknown_resource", personal: { clientIp: "\uFFFD" } },
      { ...kept, reason: "unknown_resource", personal: { subject: "a\uFFFDb" } },
    ]);
  });

  test("keeps no refused token out of it either", async () => {
    const { check, refusals } = startAuthorizer();

    await check({ token: "not a token", ...hostile });

    expect(refusals).toMatchObject([kept]);
  });
});

describe("a refused token", () => {
  test("is recorded, and no decision with it", async () => {
    const { check, decisions, refusals } = startAuthorizer();

    await check({ token: "not a token", requestId: "request-9", resource: "billing" });

    expect(decisions).toEqual([]);
    expect(refusals).toEqual([
      {
        workspaceId: "acme",
        at: noon,
        requestId: "request-9",
        code: "token_malformed",
        resource: "billing",
        action: "approve",
      },
    ]);
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
