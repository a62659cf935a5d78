/** Allows whoever has the premium plan. */
export const premiumAccess = {
  name: "premium_access",
  specification: {
    rules: [
      {
        rule_id: "premium-allow",
        effect: "Allow",
        conditions: [{ function: "string_equal", attribute: "ext_plan", value: "premium" }],
      },
    ],
    default: { effect: "Deny" },
  },
} as const;

/** Allows orders up to 10,000 to anyone and larger ones to managers. */
export const orderApproval = {
  name: "order_approval",
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
            value: 10000,
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
            value: 10000,
          },
        ],
      },
    ],
    default: { effect: "Deny" },
  },
} as const;
