import type { DecisionRecord } from "@byot/storage";
import { awkwardText } from "./sample-keys.js";
import { decisionRecord, personalFields } from "./sample-log-records.js";

/** A value of an attribute, as it can come out of JSON. */
const awkwardValue: unknown = JSON.parse(
  '{"z":[1,"two",null,{"b":true,"a":[]}],"a":0.1,"__proto__":{"admin":true},"10":1e21,"9":5e-324,"":"\\u2028"}',
);

/** The first decision of `acme`, with everything that a careless adapter gets wrong. */
export const awkwardDecision: DecisionRecord = decisionRecord(1, {
  at: new Date("1999-12-31T23:59:59.999Z"),
  revision: Number.MAX_SAFE_INTEGER,
  requestId: awkwardText,
  issuer: awkwardText,
  decision: "Deny",
  reason: "undetermined",
  determining: [
    { policyId: "orders", policyVersion: 9, ruleId: null, effect: "Deny", priority: -1 },
    { policyId: awkwardText, policyVersion: 1, ruleId: "__proto__", effect: "Deny", priority: 0 },
  ],
  errors: [
    {
      code: "missing_attribute",
      attribute: "request_metadata.orderAmount",
      expected: "integer",
      policyId: "orders",
      ruleId: "small-orders",
      path: "conditions/1",
      decisive: true,
    },
  ],
  durationMicros: 0,
  personal: personalFields(awkwardText, {
    attributes: [
      { name: awkwardText, origin: "server", value: awkwardValue },
      { name: "ext_groups", origin: "token", value: ["b", "a", "b"] },
      { name: "ext_none", origin: "token", value: null },
      { name: "request_metadata.path", origin: "caller" },
    ],
  }),
});
