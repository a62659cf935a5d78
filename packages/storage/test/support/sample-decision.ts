import type { DecisionRecord } from "@byot/storage";

const start = Date.parse("2026-03-02T09:00:00Z");

/** The id of the sample decision of that number; ids grow with the numbers, as UUIDv7 do. */
export function decisionId(number: number): string {
  return `01950000-0000-7000-8000-${String(number).padStart(12, "0")}`;
}

/** A decision a second later than the one of the number before. */
export function sampleDecision(number: number, more: Partial<DecisionRecord> = {}): DecisionRecord {
  return {
    decisionId: decisionId(number),
    workspaceId: "acme",
    at: new Date(start + number * 1000),
    revision: 7,
    requestId: `request-${number}`,
    issuer: "https://login.acme.example",
    providerId: "clerk",
    resource: "orders",
    action: "read",
    decision: "Deny",
    reason: "rule",
    determining: [
      { policyId: "premium", policyVersion: 3, ruleId: "free", effect: "Deny", priority: 1 },
    ],
    errors: [],
    durationMicros: 40,
    personal: {
      subject: number % 2 === 0 ? "alice" : "bob",
      tokenIdHash: "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
      clientIp: "192.0.2.7",
      attributes: [{ name: "ext_plan", origin: "token", value: "free" }],
    },
    ...more,
  };
}
