import type { Result } from "../result.js";
import type { SnapshotRefusal } from "./snapshot-refusal.js";
import type { WorkspaceSnapshot } from "./workspace-snapshot.js";

/** A snapshot to decide on, or why there is none. */
export type SnapshotResult = Result<WorkspaceSnapshot, SnapshotRefusal>;

/** There is no workspace of that name. */
export function workspaceUnknown(workspaceId: string): SnapshotResult {
  const detail = `there is no workspace \`${workspaceId}\``;
  return { ok: false, error: { code: "workspace_unknown", detail } };
}

/** The workspace never had that revision. */
export function revisionUnknown(workspaceId: string, minRevision: number): SnapshotResult {
  const detail = `workspace \`${workspaceId}\` has no revision ${minRevision} yet`;
  return { ok: false, error: { code: "revision_unknown", detail } };
}

/** The revision is there, and could not be loaded in time. */
export function revisionNotReached(workspaceId: string, minRevision: number): SnapshotResult {
  const detail = `revision ${minRevision} of workspace \`${workspaceId}\` is not loaded yet`;
  return { ok: false, error: { code: "revision_not_reached", detail, retryAfterSeconds: 1 } };
}

/** It has been too long since it was certain that no change was missed. */
export const configurationStale: SnapshotResult = {
  ok: false,
  error: {
    code: "configuration_stale",
    detail: "it is not certain that the configuration is current, so nothing is decided on it",
    retryAfterSeconds: 1,
  },
};
