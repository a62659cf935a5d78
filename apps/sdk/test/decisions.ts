/** An Allow as the server writes it. */
export const allow = {
  allowed: true,
  decision: "Allow",
  reason: {
    code: "allowed_by_rule",
    message: "rule `manager-high-value` of `order_approval` allows",
  },
  decisionId: "01980000-0000-7000-8000-000000000001",
  revision: 12,
  evaluatedAt: "2026-03-02T09:30:00.000Z",
  tokenExpiresAt: "2026-03-02T10:00:00.000Z",
  obligations: [],
} as const;

/** A Deny as the server writes it. */
export const deny = {
  ...allow,
  allowed: false,
  decision: "Deny",
  reason: { code: "denied_by_default", message: "the default of `order_approval` denies" },
} as const;

/** How the Allow came about. */
export const explanation = {
  summary: "a manager may approve any amount",
  determining: [
    {
      policy: "order_approval",
      policyVersion: 3,
      rule: "manager-high-value",
      effect: "Allow",
      priority: 0,
    },
  ],
  errors: [
    {
      code: "missing_attribute",
      attribute: "ext_region",
      policy: "order_approval",
      expected: "string",
      rule: "regional",
      path: "conditions/0",
      decisive: false,
    },
  ],
  missing: ["ext_region"],
  nearestMisses: [],
} as const;

/** Looks like a JWT; nobody issued it. */
export const token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEtbG92ZWxhY2UifQ.c2lnbmF0dXJlLW9mLWFkYQ";

/** Looks like an API key; nobody issued it. */
export const apiKey = "byot_k3yidk3y_c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA";

/** The question of the order approval. */
export const question = {
  token,
  resource: "orders",
  action: "approve",
  context: { orderAmount: 50_000 },
} as const;
