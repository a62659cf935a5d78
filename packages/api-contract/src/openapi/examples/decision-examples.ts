import type { AuthzenRoutes } from "../../authzen-routes.js";
import { reasonMessages } from "../../authorize.js";
import type { DecisionRoutes } from "../../decision-routes.js";
import type { LoggedDecision } from "../../logged-decision.js";
import type { SessionRoutes } from "../../session-routes.js";
import { acme, determining, determiningDefault, inData } from "./acme.js";
import type { ExamplesOf } from "./route-example.js";

const allowed = {
  allowed: true,
  decision: "Allow",
  reason: { code: "allowed_by_rule", message: reasonMessages.allowed_by_rule },
  decisionId: acme.decisionId,
  revision: 12,
  evaluatedAt: acme.at,
  tokenExpiresAt: "2026-03-02T12:10:00.000Z",
  obligations: [],
};

const denied = {
  ...allowed,
  allowed: false,
  decision: "Deny",
  reason: { code: "denied_by_default", message: reasonMessages.denied_by_default },
  decisionId: "0199c1f0-2b4e-7c31-9a52-6f1d0c9be002",
};

const nearestMiss = {
  policy: "order_approval",
  policyVersion: 12,
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
      actual: "clerk",
      expected: "manager",
    },
  ],
};

const explained = {
  determining: [determiningDefault],
  errors: [],
  missing: [],
};

/** Examples of decisions. */
export const decisionExamples: ExamplesOf<DecisionRoutes> = {
  authorize: {
    body: {
      token: acme.token,
      resource: "orders",
      action: "approve",
      context: { orderAmount: 50_000 },
    },
    answer: inData(allowed),
  },
  authorizeBatch: {
    body: {
      token: acme.token,
      checks: [
        { resource: "orders", action: "approve", context: { orderAmount: 50_000 } },
        { resource: "orders", action: "read" },
      ],
    },
    answer: inData({ revision: 12, decisions: [allowed, denied] }),
  },
  simulate: {
    body: {
      attributes: { ext_role: "clerk" },
      currentTime: "2026-03-02T12:00:00Z",
      policies: [acme.policy],
    },
    answer: inData({
      allowed: false,
      decision: "Deny",
      reason: denied.reason,
      revision: 12,
      evaluatedAt: acme.at,
      obligations: [],
      ...explained,
      explanation: {
        summary: "no rule allows it and the default of `order_approval` denies it",
        ...explained,
        nearestMisses: [nearestMiss],
        trace: {
          kind: "policy",
          id: "order_approval",
          value: "Deny",
          children: [{ kind: "rule", id: "managers", value: "NotApplicable" }],
        },
      },
    }),
  },
};

const base = "https://authz.acme.com/authzen/acme";
const question = {
  subject: { type: "jwt", id: acme.token },
  action: { name: "approve" },
  resource: { type: "orders", id: "order-1", properties: { orderAmount: 50_000 } },
};

/** Examples of AuthZEN. */
export const authzenExamples: ExamplesOf<AuthzenRoutes> = {
  evaluation: { body: question, answer: { decision: true } },
  evaluations: {
    body: {
      subject: question.subject,
      resource: question.resource,
      evaluations: [{ action: { name: "approve" } }, { action: { name: "read" } }],
      options: { evaluations_semantic: "execute_all" },
    },
    answer: { evaluations: [{ decision: true }, { decision: false }] },
  },
  metadata: {
    answer: {
      policy_decision_point: base,
      access_evaluation_endpoint: `${base}/access/v1/evaluation`,
      access_evaluations_endpoint: `${base}/access/v1/evaluations`,
    },
  },
};

const session = {
  keyId: "k3yk3yk3",
  name: "Ada's key",
  scopes: ["config:read", "audit:read"],
  workspace: "acme",
  expiresAt: "2026-03-02T20:00:00.000Z",
};

/** Examples of the console's session. */
export const sessionExamples: ExamplesOf<SessionRoutes> = {
  create: {
    body: { apiKey: `byot_k3yk3yk3_${"s".repeat(43)}` },
    answer: inData(session),
  },
  read: { answer: inData(session) },
  remove: {},
};

/** A logged decision in the words of the examples. */
export const loggedDecision: LoggedDecision = {
  decisionId: acme.decisionId,
  at: acme.at,
  revision: 12,
  requestId: "checkout-7f3a",
  issuer: acme.provider.issuer,
  provider: "clerk",
  resource: "orders",
  action: "approve",
  decision: "Allow",
  reason: "allowed_by_rule",
  determining: [determining],
  errors: [],
  durationMicros: 412,
  erased: false,
  subject: "ada",
  attributes: [{ name: "ext_role", origin: "token" }],
};
