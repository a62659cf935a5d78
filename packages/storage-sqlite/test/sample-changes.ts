import type { ApiKeyRecord, ChangeSet, DecisionRecord } from "@byot/storage";

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

/** The deletion of a workspace that nobody changed since its creation. */
export function workspaceDeletion(id: string): ChangeSet {
  return {
    workspaceId: id,
    at,
    writes: [{ operation: "delete", kind: "workspace", key: id, expectedVersion: 1 }],
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

/** A key that opens one workspace. */
export function apiKey(id: string, workspaceId: string): ApiKeyRecord {
  return {
    id,
    secretHash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    name: "Deployment",
    scopes: ["config:read"],
    workspaceId,
    createdAt: at,
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
