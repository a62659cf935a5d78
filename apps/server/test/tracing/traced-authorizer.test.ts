import type { Authorizer, CheckDecision } from "@byot/authorizer";
import { tracing } from "@opentelemetry/sdk-node";
import { beforeEach, expect, test } from "vitest";
import { tracedAuthorizer } from "../../src/tracing/traced-authorizer.js";

const notAsked = (): Promise<never> => Promise.reject(new Error("a secret of the database"));
const nobody: Authorizer = {
  check: notAsked,
  checkBatch: notAsked,
  checkSubject: notAsked,
  simulate: notAsked,
};

const decision: CheckDecision = {
  allowed: true,
  decision: "Allow",
  reason: "allowed_by_rule",
  decisionId: "0190-decision",
  revision: 7,
  evaluatedAt: new Date("2026-03-02T09:00:00Z"),
  tokenExpiresAt: new Date("2026-03-02T10:00:00Z"),
  obligations: [],
  determining: [],
  errors: [],
  missing: [],
  nearestMisses: [],
};

const origin = { workspaceId: "acme", requestId: "request-1", connectionIp: "192.0.2.7" };
const orders = { resource: "orders", action: "approve" };
const told = {
  "byot.resource": "orders",
  "byot.action": "approve",
  "byot.decision": "Allow",
  "byot.reason": "allowed_by_rule",
  "byot.decision_id": "0190-decision",
  "byot.revision": 7,
};

let exporter: tracing.InMemorySpanExporter;
let spans: () => readonly tracing.ReadableSpan[];
let traced: (authorizer: Partial<Authorizer>) => Authorizer;

beforeEach(() => {
  exporter = new tracing.InMemorySpanExporter();
  const provider = new tracing.BasicTracerProvider({
    spanProcessors: [new tracing.SimpleSpanProcessor(exporter)],
  });
  spans = () => exporter.getFinishedSpans();
  traced = (authorizer) =>
    tracedAuthorizer({ ...nobody, ...authorizer }, provider.getTracer("test"));
});

test("tells of a check what was asked and decided, and nothing of the token", async () => {
  const authorizer = traced({ check: () => Promise.resolve({ ok: true, value: decision }) });

  await authorizer.check({ ...origin, ...orders, token: "a.secret.token" });

  expect(spans()).toHaveLength(1);
  expect(spans()[0]).toMatchObject({
    name: "byot.check",
    attributes: { "byot.workspace": "acme", ...told },
    events: [],
  });
  expect(Object.keys(spans()[0]?.attributes ?? {})).toHaveLength(7);
});

test("tells of a check without token the same, and not about whom it was", async () => {
  const authorizer = traced({ checkSubject: () => Promise.resolve({ ok: true, value: decision }) });

  await authorizer.checkSubject({ ...origin, ...orders, hasApiKey: true, subjectId: "ada" });

  expect(spans()[0]?.attributes).toEqual({ "byot.workspace": "acme", ...told });
});

test("tells of several checks at once each decision", async () => {
  const value = { revision: 7, decisions: [decision, decision] };
  const authorizer = traced({ checkBatch: () => Promise.resolve({ ok: true, value }) });

  await authorizer.checkBatch({ ...origin, token: "a.secret.token", checks: [orders, orders] });

  expect(spans()).toHaveLength(1);
  expect(spans()[0]).toMatchObject({
    name: "byot.check_batch",
    attributes: { "byot.workspace": "acme" },
    events: [
      { name: "byot.decision", attributes: told },
      { name: "byot.decision", attributes: told },
    ],
  });
});

test("tells of a check whose token was refused, which is no error of the server", async () => {
  const error = { code: "token_expired", detail: "claim `exp` has passed" } as const;
  const authorizer = traced({ check: () => Promise.resolve({ ok: false, error }) });

  await authorizer.check({ ...origin, ...orders, token: "a.secret.token" });

  expect(spans()[0]).toMatchObject({
    attributes: {
      "byot.workspace": "acme",
      "byot.resource": "orders",
      "byot.action": "approve",
      "byot.refusal": "token_expired",
    },
    status: { code: 0 },
  });
});

test("tells of a check that could not be recorded, which is an error", async () => {
  const error = {
    code: "audit_unavailable",
    detail: "the decision could not be recorded",
    retryAfterSeconds: 1,
  } as const;
  const authorizer = traced({ check: () => Promise.resolve({ ok: false, error }) });

  await authorizer.check({ ...origin, ...orders, token: "a.secret.token" });

  expect(spans()[0]).toMatchObject({
    attributes: { "byot.refusal": "audit_unavailable" },
    status: { code: 2, message: "audit_unavailable" },
  });
});

test("tells of a check that failed that it did, and not with which words", async () => {
  const authorizer = traced({});

  await expect(authorizer.check({ ...origin, ...orders, token: "t" })).rejects.toThrow("a secret");

  expect(spans()[0]?.status).toEqual({ code: 2 });
  expect(spans()[0]?.events).toEqual([]);
});

test("tells nothing of simulations", async () => {
  await expect(traced({}).simulate({ workspaceId: "acme", attributes: {} })).rejects.toThrow(
    "a secret",
  );

  expect(spans()).toEqual([]);
});
