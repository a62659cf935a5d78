import {
  defaultWorkspaceSettings,
  type ChangeOrigin,
  type ChangeSet,
  type DecisionRecord,
  type SubjectErasure,
  type TokenRefusalRecord,
} from "@byot/storage";

/** When everything in these tests happens. */
export const at = new Date("2026-03-02T09:00:00.001Z");

/** Who makes every change in these tests. */
export const origin: ChangeOrigin = { by: { kind: "api_key", id: "ci" }, requestId: "request-1" };

/** The creation of a workspace. */
export function newWorkspace(id: string): ChangeSet {
  const value = { id, name: "Acme Inc.", settings: defaultWorkspaceSettings };
  return {
    ...origin,
    workspaceId: id,
    at,
    writes: [{ operation: "put", kind: "workspace", value, expectedVersion: null }],
  };
}

/** The creation of a resource in `acme`. */
export function newResource(name: string): ChangeSet {
  const value = { name, category: "commerce", actions: ["read"] };
  return {
    ...origin,
    workspaceId: "acme",
    at,
    writes: [{ operation: "put", kind: "resource", value, expectedVersion: null }],
  };
}

/** The id of the n-th record, a UUIDv7. */
export function recordId(n: number): string {
  return `01980000-0000-7000-8000-${String(n).padStart(12, "0")}`;
}

/** The n-th decision of `acme`: Ada may read orders. */
export function decision(n: number, changes: Partial<DecisionRecord> = {}): DecisionRecord {
  return {
    decisionId: recordId(n),
    workspaceId: "acme",
    at: new Date(at.getTime() + n),
    revision: 1,
    requestId: `request-${n}`,
    issuer: "https://clerk.acme.example",
    providerId: "clerk",
    resource: "orders",
    action: "read",
    decision: "Allow",
    reason: "allowed_by_rule",
    determining: [
      { policyId: "premium", policyVersion: 3, ruleId: "all", effect: "Allow", priority: 100 },
    ],
    errors: [],
    durationMicros: 412,
    personal: { subject: "ada", attributes: [] },
    ...changes,
  };
}

/** The n-th refused token of `acme`. */
export function refusal(n: number): TokenRefusalRecord {
  return {
    refusalId: recordId(n),
    workspaceId: "acme",
    at: new Date(at.getTime() + n),
    count: 1,
    requestId: `request-${n}`,
    code: "token_expired",
    resource: "orders",
    action: "read",
  };
}

/** The erasure of a subject. */
export function erasure(subject: string): SubjectErasure {
  return { erasureId: recordId(999), subjects: [subject], at, by: origin.by };
}
