import type { Storage, WorkspaceRecord } from "@byot/storage";
import { done, type OperationProblem, type Outcome, refused } from "./outcome.js";

/** The problem of naming a workspace that does not exist. */
export function unknownWorkspace(workspaceId: string): OperationProblem {
  return { code: "workspace_unknown", detail: `there is no workspace \`${workspaceId}\`` };
}

/** The workspace of that id, or the problem that there is none. */
export async function existingWorkspace(
  { workspaces }: Pick<Storage, "workspaces">,
  workspaceId: string,
): Promise<Outcome<WorkspaceRecord>> {
  const record = await workspaces.find(workspaceId);
  return record === undefined ? refused(unknownWorkspace(workspaceId)) : done(record);
}
