/** Who may use premium features: the holders of a premium plan. */
export const premiumAccess = {
  name: "premium_access",
  description: "Premium features are for people with a premium plan.",
  specification: {
    rules: [
      {
        rule_id: "premium-plan",
        effect: "Allow",
        conditions: [{ function: "string_equal", attribute: "ext_plan", value: "premium" }],
      },
    ],
    default: { effect: "Deny" },
  },
} as const;

/** Who may approve orders: anyone up to 10,000, managers beyond. */
export const orderApproval = {
  name: "order_approval",
  description: "Anyone approves orders up to 10,000; beyond that it takes a manager.",
  specification: {
    rules: [
      {
        rule_id: "manager-high-value",
        effect: "Allow",
        conditions: [
          { function: "string_equal", attribute: "ext_role", value: "manager" },
          {
            function: "integer_greater_than",
            attribute: "request_metadata",
            metadata_key: "orderAmount",
            value: 10_000,
          },
        ],
      },
      {
        rule_id: "anyone-low-value",
        effect: "Allow",
        conditions: [
          {
            function: "integer_less_equal",
            attribute: "request_metadata",
            metadata_key: "orderAmount",
            value: 10_000,
          },
        ],
      },
    ],
    default: { effect: "Deny" },
  },
} as const;
