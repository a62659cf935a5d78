import type { ChangeSet, DecisionRecord } from "@byot/storage";

/** When everything in these tests happens. */
export const at = new Date("2026-03-02T09:00:00.001Z");

/** The creation of a workspace. */
export function newWorkspace(id: string): ChangeSet {
  const value = { id, name: "Acme Inc.", settings: { checksRequireApiKey: false } };
  return {
    workspaceId: id,
    at,
    writes: [{ operation: "put", kind: "workspace", value, expectedVersion: null }],
  };
}

/** The creation of a resource in `acme`. */
export function newResource(name: string): ChangeSet {
  const value = { name, category: "commerce", actions: ["read"] };
  return {
    workspaceId: "acme",
    at,
    writes: [{ operation: "put", kind: "resource", value, expectedVersion: null }],
  };
}

/** A decision in `acme`. */
export function decision(decisionId: string): DecisionRecord {
  return {
    decisionId,
    workspaceId: "acme",
    at,
    revision: 1,
    requestId: "request-1",
    issuer: "https://clerk.acme.example",
    subject: "ada",
    providerId: "clerk",
    resource: "orders",
    action: "read",
    decision: "Allow",
    reason: "allowed_by_rule",
    determining: [],
    errors: [],
    durationMicros: 412,
  };
}
