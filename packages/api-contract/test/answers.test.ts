import { reasonMessages, routes } from "@byot/api-contract";
import { describe, expect, test } from "vitest";
import {
  fullProvider,
  head,
  permission,
  policy,
  resource,
  settings,
} from "./support/example-bodies.js";

const stored = {
  version: 7,
  createdAt: "2026-03-02T12:00:00.000Z",
  updatedAt: "2026-03-02T12:00:00.000Z",
};
const decision = {
  allowed: false,
  decision: "Deny",
  reason: { code: "no_rule_matched", message: reasonMessages.no_rule_matched },
  decisionId: "0195c1f0-0000-7000-8000-000000000000",
  revision: 7,
  evaluatedAt: "2026-03-02T12:00:00.000Z",
  tokenExpiresAt: "2026-03-02T12:10:00.000Z",
  obligations: [],
};
const workspace = { ...stored, id: "acme", name: "Acme", settings };
const { jwksUri: _, ...localProvider } = fullProvider;
const answers = {
  provider: { ...stored, ...fullProvider, id: "clerk" },
  "provider with its own keys": { ...stored, ...localProvider, id: "clerk", jwks: { keys: [{}] } },
};

describe("an answer", () => {
  test.each(Object.entries(answers))("can be a %s", (_name, data) => {
    expect(routes.providers.read.answer.parse({ data })).toEqual({ data });
  });

  test("can be a provider of a type that is newer than its reader", () => {
    const data = { ...answers.provider, providerType: "ory" };

    expect(routes.providers.read.answer.safeParse({ data }).success).toBe(true);
  });

  test("can be a resource of the service itself", () => {
    const data = { ...stored, name: "workspace::audit", category: "system", actions: ["read"] };

    expect(routes.resources.read.answer.safeParse({ data }).success).toBe(true);
  });

  test.each([
    [
      "a provider that does not say whether it is enabled",
      routes.providers.read.answer,
      without(answers.provider, "enabled"),
    ],
    [
      "a provider without its type",
      routes.providers.read.answer,
      without(answers.provider, "providerType"),
    ],
    [
      "a workspace without its settings",
      routes.workspaces.read.answer,
      without(workspace, "settings"),
    ],
    ["a resource without its category", routes.resources.read.answer, { ...stored, ...resource }],
    [
      "a permission without its priority",
      routes.permissions.read.answer,
      { ...stored, ...permission, id: "p" },
    ],
    ["a policy without a version", routes.policies.read.answer, policy],
    ["a check's allowed alone", routes.decisions.authorize.answer, { allowed: true }],
    [
      "a reason that nobody knows",
      routes.decisions.authorize.answer,
      { ...decision, reason: { code: "constructor", message: "" } },
    ],
  ])("can not be %s: nothing is filled in", (_name, answer, data) => {
    expect(answer.safeParse({ data }).success).toBe(false);
  });

  test("is part of a list with the place where it goes on, or null", () => {
    for (const nextCursor of ["b3JkZXJz", null]) {
      const list = { data: [workspace], page: { nextCursor } };

      expect(routes.workspaces.list.answer.parse(list)).toEqual(list);
    }
    expect(routes.workspaces.list.answer.safeParse({ data: [workspace] }).success).toBe(false);
  });
});

describe("a decision", () => {
  test.each(Object.keys(reasonMessages))("can have the reason `%s`", (code) => {
    const data = { ...decision, reason: { code, message: "in words" } };

    expect(routes.decisions.authorize.answer.parse({ data })).toEqual({ data });
  });

  test("can carry an explanation and duties of any size", () => {
    const attributes = Object.fromEntries(
      Array.from({ length: 65 }, (_each, index) => [`k${index}`, index]),
    );
    const data = {
      ...decision,
      obligations: [{ id: "log_access", on: "Deny", attributes }],
      explanation: {
        summary: "no rule of any policy matched, and none has a default",
        determining: [
          { policy: "order_approval", policyVersion: 3, rule: null, effect: "Deny", priority: 0 },
        ],
        errors: [
          {
            code: "missing_attribute",
            attribute: "ext_role",
            expected: "string",
            policy: "order_approval",
            rule: "managers",
            path: "conditions/0",
            decisive: false,
          },
        ],
        missing: ["ext_role"],
        nearestMisses: [
          {
            policy: "order_approval",
            policyVersion: 3,
            rule: "managers",
            priority: 0,
            sentence: "rule `managers` would allow if `ext_role` were `manager`",
            changes: [
              {
                policy: "order_approval",
                rule: "managers",
                path: "conditions/0",
                function: "string_equal",
                attribute: "ext_role",
                origin: "token",
                mustHold: true,
                expected: "manager",
              },
            ],
          },
        ],
        trace: {
          kind: "set",
          id: "permissions",
          value: "Deny",
          children: [{ kind: "tier", id: "0", value: "NotApplicable" }],
        },
      },
    };

    expect(routes.decisions.authorize.answer.parse({ data })).toEqual({ data });
  });

  test("says each reason in words without a full stop", () => {
    for (const message of Object.values(reasonMessages)) {
      expect(message).toMatch(/^[a-z][^.\n]*[^.\s]$/);
    }
  });
});

describe("a logged decision", () => {
  const logged = {
    decisionId: "0195c1f0-0000-7000-8000-000000000000",
    at: "2026-03-02T12:00:00.000Z",
    revision: 7,
    requestId: "request-1",
    issuer: "https://clerk.acme.com",
    provider: "clerk",
    resource: "orders",
    action: "approve",
    decision: "Deny",
    reason: "no_rule_matched",
    determining: [],
    errors: [],
    durationMicros: 412,
    erased: false,
    subject: "ada",
    tokenIdHash: "0f".repeat(32),
    clientIp: "192.0.2.1",
    attributes: [{ name: "ext_role", origin: "token", value: "clerk" }],
  };

  test("is answered alone, in a list and as a line", () => {
    expect(routes.audit.decision.answer.parse({ data: logged })).toEqual({ data: logged });
    expect(
      routes.audit.decisions.answer.safeParse({ data: [logged], page: { nextCursor: null } })
        .success,
    ).toBe(true);
    expect(routes.audit.exportDecisions.line.parse(logged)).toEqual(logged);
  });

  test("is without what is personal when that was erased", () => {
    const { subject: _s, tokenIdHash: _t, clientIp: _c, ...rest } = logged;
    const erased = { ...rest, erased: true, attributes: [] };

    expect(routes.audit.exportDecisions.line.parse(erased)).toEqual(erased);
  });

  test("says whether it was erased", () => {
    expect(routes.audit.exportDecisions.line.safeParse(without(logged, "erased")).success).toBe(
      false,
    );
  });
});

describe("the logs", () => {
  test("tell of a change with what was before and after it", () => {
    const data = [
      {
        changeId: "0195c1f0-0000-7000-8000-000000000000",
        revision: 7,
        at: "2026-03-02T12:00:00.000Z",
        by: { kind: "api_key", id: "k3yk3yk3" },
        requestId: "request-1",
        kind: "permission",
        key: "approval",
        operation: "replace",
        before: permission,
        after: { ...permission, priority: 5 },
      },
    ];
    const list = { data, page: { nextCursor: null } };

    expect(routes.audit.changes.answer.parse(list)).toEqual(list);
  });

  test("tell of refused tokens, many of one kind as one", () => {
    const data = [
      {
        refusalId: "0195c1f0-0000-7000-8000-000000000000",
        at: "2026-03-02T12:00:00.000Z",
        count: 250,
        requestId: "request-1",
        code: "token_expired",
        provider: "clerk",
        subject: "ada",
        resource: "orders",
        action: "approve",
      },
    ];
    const list = { data, page: { nextCursor: null } };

    expect(routes.audit.refusals.answer.parse(list)).toEqual(list);
  });

  test("are counted, with nothing said of how long no decision took", () => {
    const at = "2026-03-02T12:00:00.000Z";
    const data = {
      buckets: [
        { at, allowed: 0, denied: 0, refused: 3 },
        { at, allowed: 1, denied: 1, refused: 0, p50Micros: 412, p99Micros: 900 },
      ],
      reasons: [{ reason: "allowed_by_rule", count: 1 }],
      denyingRules: [{ policy: "order_approval", rule: null, count: 1 }],
    };

    expect(routes.audit.statistics.answer.parse({ data })).toEqual({ data });
  });

  test("are verified, with each problem named", () => {
    const data = {
      intact: false,
      chains: 1,
      segments: 12,
      decisions: 300,
      erased: 0,
      problemCount: 1,
      problems: [{ kind: "record_changed", writerId: head.writerId, sequence: 3, decisionId: "0" }],
      heads: [head],
    };

    expect(routes.audit.verify.answer.parse({ data })).toEqual({ data });
    expect(routes.audit.checkpoint.answer.parse({ data: { heads: [head] } })).toEqual({
      data: { heads: [head] },
    });
  });
});

function without(value: object, key: string): unknown {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
}
