import type { AuditRoutes } from "../../audit-routes.js";
import { acme, inData, onlyPage } from "./acme.js";
import { loggedDecision } from "./decision-examples.js";
import type { ExamplesOf } from "./route-example.js";

const head = {
  writerId: "0199c1f0-2b4e-7c31-9a52-6f1d0c9be0aa",
  sequence: 812,
  hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
};

const report = {
  intact: false,
  chains: 1,
  segments: 812,
  decisions: 20_114,
  erased: 3,
  problemCount: 1,
  problems: [
    {
      kind: "record_changed",
      writerId: head.writerId,
      sequence: 640,
      decisionId: acme.decisionId,
    },
  ],
  heads: [head],
};

/** Examples of the logs. */
export const auditExamples: ExamplesOf<AuditRoutes> = {
  decisions: { answer: onlyPage(loggedDecision) },
  decision: { answer: inData(loggedDecision) },
  exportDecisions: { answer: loggedDecision },
  refusals: {
    answer: onlyPage({
      refusalId: "0199c1f0-2b4e-7c31-9a52-6f1d0c9be003",
      at: acme.at,
      count: 1,
      requestId: "checkout-7f3b",
      code: "token_expired",
      provider: "clerk",
      subject: "ada",
      resource: "orders",
      action: "approve",
    }),
  },
  changes: {
    answer: onlyPage({
      changeId: "0199c1f0-2b4e-7c31-9a52-6f1d0c9be004",
      revision: 12,
      at: acme.at,
      by: { kind: "api_key", id: "k3yk3yk3" },
      requestId: "deploy-42",
      kind: "permission",
      key: "approval",
      operation: "replace",
      before: { ...acme.permission, priority: 5 },
      after: acme.permission,
    }),
  },
  statistics: {
    answer: inData({
      buckets: [
        { at: acme.at, allowed: 310, denied: 12, refused: 4, p50Micros: 420, p99Micros: 1_800 },
      ],
      reasons: [{ reason: "allowed_by_rule", count: 310 }],
      denyingRules: [{ policy: "order_approval", rule: null, count: 12 }],
    }),
  },
  checkpoint: { answer: inData({ heads: [head] }) },
  verify: { answer: inData(report) },
  verifyAgainst: { body: { expected: [head] }, answer: inData(report) },
  erase: {
    body: { subject: "ada", issuer: acme.provider.issuer },
    answer: inData({
      erasureId: "0199c1f0-2b4e-7c31-9a52-6f1d0c9be005",
      decisions: 41,
      refusals: 2,
    }),
  },
};
