import type { ChangeSet, ConfigurationWrite, Storage } from "@byot/storage";
import { administrator } from "./sample-origins.js";
import { deletion, workspacePut } from "./sample-writes.js";

/** When things are made, unless a case says otherwise. */
export const morning: Date = new Date("2026-03-02T09:00:00.001Z");
/** Later on the same day. */
export const noon: Date = new Date("2026-03-02T12:00:00.999Z");

/** A change set for `acme` in the morning, by an administrator, unless more is said. */
export function changeSet(
  writes: readonly ConfigurationWrite[],
  more: Partial<ChangeSet> = {},
): ChangeSet {
  return { workspaceId: "acme", at: morning, ...administrator(), writes, ...more };
}

/** Creates a workspace and, at the same revision, what is given. Resolves to the revision. */
export function createWorkspace(
  storage: Storage,
  workspaceId: string,
  writes: readonly ConfigurationWrite[] = [],
): Promise<number> {
  return storage.apply(changeSet([workspacePut(workspaceId), ...writes], { workspaceId }));
}

/** Deletes a workspace with everything in it. Resolves to the revision. */
export async function deleteWorkspace(storage: Storage, workspaceId: string): Promise<number> {
  const workspace = await storage.workspaces.find(workspaceId);
  return storage.apply(
    changeSet([deletion("workspace", workspaceId, workspace?.version ?? 0)], { workspaceId }),
  );
}
