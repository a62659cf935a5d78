import type { Storage, WorkspaceConfiguration } from "@byot/storage";
import { compileSnapshot, type WorkspaceSnapshot } from "./workspace-snapshot.js";

/** Where the authorizer finds workspaces. */
export interface WorkspaceSnapshots {
  /** Resolves to `undefined` when there is no such workspace. */
  find(workspaceId: string): Promise<WorkspaceSnapshot | undefined>;
}

/** What {@link createWorkspaceSnapshots} needs of a storage. */
export type SnapshotSource = Pick<Storage, "readConfiguration" | "watchRevisions">;

/** Snapshots that follow a storage, until they are closed. */
export interface FollowingSnapshots extends WorkspaceSnapshots {
  /** Stops following. */
  close(): void;
}

/**
 * Keeps one compiled snapshot per workspace: loaded when it is first asked for, by one reader for all who wait, and
 * dropped when the storage tells of a newer revision. A change that the storage has told of is seen by every check
 * that starts afterwards.
 */
export function createWorkspaceSnapshots(source: SnapshotSource): FollowingSnapshots {
  const snapshots = new Map<string, Promise<WorkspaceSnapshot | undefined>>();

  function load(workspaceId: string): Promise<WorkspaceSnapshot | undefined> {
    const loading = source.readConfiguration(workspaceId).then(compileWhenPresent);
    snapshots.set(workspaceId, loading);
    // Neither an unknown workspace nor a failure is kept: the one may be created, the other may pass.
    const forget = (): void => {
      if (snapshots.get(workspaceId) === loading) {
        snapshots.delete(workspaceId);
      }
    };
    loading.then((snapshot) => snapshot ?? forget(), forget);
    return loading;
  }

  // INVARIANT: a revision removes the entry, even one still loading; what was read before the change is answered to
  // those who waited for it and kept for nobody.
  const close = source.watchRevisions(({ workspaceId }) => snapshots.delete(workspaceId));

  return {
    find: (workspaceId) => snapshots.get(workspaceId) ?? load(workspaceId),
    close,
  };
}

/** Snapshots of configurations that never change, for use without a storage. */
export function createStaticSnapshots(
  configurations: readonly WorkspaceConfiguration[],
): WorkspaceSnapshots {
  const snapshots = new Map(
    configurations.map((configuration) => [
      configuration.workspace.id,
      compileSnapshot(configuration),
    ]),
  );
  return { find: (workspaceId) => Promise.resolve(snapshots.get(workspaceId)) };
}

function compileWhenPresent(
  configuration: WorkspaceConfiguration | undefined,
): WorkspaceSnapshot | undefined {
  return configuration === undefined ? undefined : compileSnapshot(configuration);
}
