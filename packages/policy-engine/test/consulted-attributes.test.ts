import { compilePolicies } from "@byot/policy-engine";
import { describe, expect, test } from "vitest";
import { parsed, requestOf } from "./support/decide.js";

const first = parsed({
  name: "first",
  specification: {
    target: [{ function: "string_equal", attribute: "external_issuer", value: "https://idp.test" }],
    rules: [
      {
        rule_id: "small-orders",
        effect: "Allow",
        conditions: [
          { function: "string_equal", attribute: "ext_plan", value: "premium" },
          {
            function: "any_of",
            conditions: [
              {
                function: "integer_less_equal",
                attribute: "request_metadata",
                metadata_key: "amount",
                value_from: { attribute: "ext_limit" },
              },
              { function: "string_equal", attribute: "ext_plan", value: "free" },
              {
                function: "string_equal",
                attribute: "request_metadata",
                metadata_path: ["order", "owner"],
                value_from: { attribute: "external_subject" },
              },
            ],
          },
        ],
      },
    ],
  },
});
const second = parsed({
  name: "second",
  specification: {
    rules: [
      {
        rule_id: "night",
        effect: "Deny",
        conditions: [
          { function: "time_in_range", attribute: "current_time", value: ["22:00", "06:00"] },
        ],
      },
    ],
  },
});
const plan = compilePolicies(
  [
    { resource: "orders", actions: ["approve"], priority: 0, policyId: "first" },
    { resource: "*", actions: ["*"], priority: 10, policyId: "second" },
    { resource: "reports", actions: ["read"], priority: 0, policyId: "second" },
  ],
  [
    { id: "first", version: 1, document: first },
    { id: "second", version: 1, document: second },
  ],
);

describe("the attributes that policies look at", () => {
  test("are those of targets, rules, groups and operands, each once, higher priorities first", () => {
    const named = plan
      .attributesOf("orders", "approve")
      .map(({ label, origin }) => `${label} of the ${origin}`);

    expect(named).toEqual([
      "current_time of the server",
      "external_issuer of the token",
      "ext_plan of the token",
      "request_metadata.amount of the caller",
      "ext_limit of the token",
      "request_metadata/order/owner of the caller",
      "external_subject of the token",
    ]);
  });

  test("are those of the policies in question alone", () => {
    const named = plan.attributesOf("reports", "read").map(({ label }) => label);

    expect(named).toEqual(["current_time"]);
  });

  test("are none where no permission matches", () => {
    expect(compilePolicies([], []).attributesOf("orders", "approve")).toEqual([]);
  });

  test("are worked out once", () => {
    expect(plan.attributesOf("orders", "approve")).toBe(plan.attributesOf("orders", "approve"));
  });

  test("can be read from a request", () => {
    const request = requestOf({
      ext_plan: "premium",
      request_metadata: { amount: 50, order: { owner: "ada" } },
    });

    const values = plan
      .attributesOf("orders", "approve")
      .map(({ reference, read }) => [reference, read(request)]);

    expect(values).toContainEqual([{ attribute: "ext_plan" }, "premium"]);
    expect(values).toContainEqual([{ attribute: "request_metadata", metadata_key: "amount" }, 50]);
    expect(values).toContainEqual([
      { attribute: "request_metadata", metadata_path: ["order", "owner"] },
      "ada",
    ]);
    expect(values).toContainEqual([{ attribute: "ext_limit" }, undefined]);
  });
});
