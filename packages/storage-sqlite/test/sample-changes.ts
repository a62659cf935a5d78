import {
  defaultWorkspaceSettings,
  type ApiKeyRecord,
  type ChangeOrigin,
  type ChangeSet,
  type DecisionRecord,
  type SubjectErasure,
  type TokenRefusalRecord,
} from "@byot/storage";

/** When everything in these tests happens. */
export const at = new Date("2026-03-02T09:00:00.001Z");

/** Who makes every change in these tests. */
export const origin: ChangeOrigin = {
  by: { kind: "api_key", id: "admin" },
  requestId: "request-1",
};

/** The creation of a workspace. */
export function newWorkspace(id: string): ChangeSet {
  const value = { id, name: "Acme Inc.", settings: defaultWorkspaceSettings };
  return {
    workspaceId: id,
    at,
    ...origin,
    writes: [{ operation: "put", kind: "workspace", value, expectedVersion: null }],
  };
}

/** The deletion of a workspace that nobody changed since its creation. */
export function workspaceDeletion(id: string): ChangeSet {
  return {
    workspaceId: id,
    at,
    ...origin,
    writes: [{ operation: "delete", kind: "workspace", key: id, expectedVersion: 1 }],
  };
}

/** The creation of a resource in `acme`. */
export function newResource(name: string): ChangeSet {
  const value = { name, category: "commerce", actions: ["read"] };
  return {
    workspaceId: "acme",
    at,
    ...origin,
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

/** A decision about Ada in `acme`, unless more is said. */
export function decision(
  decisionId: string,
  changes: Partial<DecisionRecord> = {},
): DecisionRecord {
  return {
    decisionId,
    workspaceId: "acme",
    at,
    revision: 1,
    requestId: "request-1",
    issuer: "https://clerk.acme.example",
    providerId: "clerk",
    resource: "orders",
    action: "read",
    decision: "Allow",
    reason: "allowed_by_rule",
    determining: [
      {
        policyId: "premium",
        policyVersion: 3,
        ruleId: "premium-only",
        effect: "Allow",
        priority: 100,
      },
    ],
    errors: [],
    durationMicros: 412,
    personal: {
      subject: "ada",
      tokenIdHash: "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
      clientIp: "198.51.100.7",
      attributes: [{ name: "ext_plan", origin: "token", value: "premium" }],
    },
    ...changes,
  };
}

/** A refused token of Ada's in `acme`. */
export function refusal(refusalId: string): TokenRefusalRecord {
  return {
    refusalId,
    workspaceId: "acme",
    at,
    count: 1,
    requestId: "request-1",
    code: "token_expired",
    unverifiedIssuer: "https://clerk.acme.example",
    providerId: "clerk",
    subject: "ada",
    resource: "orders",
    action: "read",
  };
}

/** The erasure of Ada. */
export const erasureOfAda: SubjectErasure = {
  erasureId: "01980000-0000-7000-8000-00000000eeee",
  subjects: ["ada"],
  at,
  ...origin,
};
