import type { DecisionRecord, TokenRefusalRecord } from "@byot/storage";
import { v7 as uuid } from "uuid";

/** A decision on an order of Ada's, recorded at a time. */
export function decisionAt(
  workspaceId: string,
  at: Date,
  changes: Partial<DecisionRecord> = {},
): DecisionRecord {
  return {
    decisionId: uuid(),
    workspaceId,
    at,
    revision: 1,
    requestId: "order-7",
    issuer: "https://login.acme.com",
    providerId: "acme-login",
    resource: "orders",
    action: "approve",
    decision: "Deny",
    reason: "denied_by_default",
    determining: [],
    errors: [],
    durationMicros: 120,
    personal: { subject: "ada", attributes: [] },
    ...changes,
  };
}

/** An expired token, refused at a time. */
export function refusalAt(workspaceId: string, at: Date): TokenRefusalRecord {
  return {
    refusalId: uuid(),
    workspaceId,
    at,
    count: 1,
    requestId: "order-7",
    code: "token_expired",
    resource: "orders",
    action: "approve",
  };
}
