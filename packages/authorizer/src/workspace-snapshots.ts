import type { Storage, WorkspaceConfiguration } from "@byot/storage";
import { compileSnapshot, type WorkspaceSnapshot } from "./workspace-snapshot.js";

/** Where the authorizer finds workspaces. */
export interface WorkspaceSnapshots {
  /** Resolves to `undefined` when there is no such workspace. Rejects when it cannot be read or compiled. */
  find(workspaceId: string): Promise<WorkspaceSnapshot | undefined>;
}

/** What {@link createWorkspaceSnapshots} needs of a storage. */
export type SnapshotSource = Pick<Storage, "readConfiguration" | "watchRevisions">;

/** Snapshots that follow a storage, until they are closed. */
export interface FollowingSnapshots extends WorkspaceSnapshots {
  /** Stops following and forgets every snapshot: from then on each `find` reads the storage anew. */
  close(): void;
}

/**
 * Keeps one compiled snapshot per workspace: loaded when it is first asked for, by one reader for all who wait, and
 * dropped when the storage tells of a newer revision. A change that the storage has told of is seen by every check
 * that starts afterwards.
 *
 * @throws StorageError with code `CLOSED` when the storage is closed already.
 */
export function createWorkspaceSnapshots(source: SnapshotSource): FollowingSnapshots {
  const snapshots = new Map<string, Promise<WorkspaceSnapshot | undefined>>();
  let isFollowing = true;

  function keep(workspaceId: string, loading: Promise<WorkspaceSnapshot | undefined>): void {
    snapshots.set(workspaceId, loading);
    // Neither an unknown workspace nor a failure is kept: the one may be created, the other may pass.
    const forget = (): void => {
      if (snapshots.get(workspaceId) === loading) {
        snapshots.delete(workspaceId);
      }
    };
    loading.then((snapshot) => snapshot ?? forget(), forget);
  }

  function load(workspaceId: string): Promise<WorkspaceSnapshot | undefined> {
    const loading = read(source, workspaceId);
    // SECURITY: nobody would tell of a change any more, and what was revoked would stay allowed.
    if (isFollowing) {
      keep(workspaceId, loading);
    }
    return loading;
  }

  // INVARIANT: a revision removes the entry, even one still loading; what was read before the change is answered to
  // those who waited for it and kept for nobody.
  const stop = source.watchRevisions(({ workspaceId }) => snapshots.delete(workspaceId));

  return {
    find: (workspaceId) => snapshots.get(workspaceId) ?? load(workspaceId),
    close: () => {
      isFollowing = false;
      snapshots.clear();
      stop();
    },
  };
}

/**
 * Snapshots of configurations that never change, for use without a storage.
 *
 * @throws TypeError when two configurations are of one workspace, or {@link compileSnapshot} refuses one.
 */
export function createStaticSnapshots(
  configurations: readonly WorkspaceConfiguration[],
): WorkspaceSnapshots {
  const snapshots = new Map(
    configurations.map((configuration) => [
      configuration.workspace.id,
      compileSnapshot(configuration),
    ]),
  );
  if (snapshots.size !== configurations.length) {
    throw new TypeError("two configurations are of the same workspace");
  }
  return { find: (workspaceId) => Promise.resolve(snapshots.get(workspaceId)) };
}

async function read(
  source: SnapshotSource,
  workspaceId: string,
): Promise<WorkspaceSnapshot | undefined> {
  const configuration = await source.readConfiguration(workspaceId);
  if (configuration === undefined) {
    return undefined;
  }
  // SECURITY: a storage that finds `ACME` under `acme` would give one workspace two names, in the log too.
  if (configuration.workspace.id !== workspaceId) {
    throw new Error(
      `workspace \`${workspaceId}\` was asked for, and \`${configuration.workspace.id}\` was read`,
    );
  }
  return compileSnapshot(configuration);
}
