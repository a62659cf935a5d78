import type { SnapshotSource } from "@byot/authorizer";
import type { RevisionListener, WorkspaceConfiguration } from "@byot/storage";

/** One read that a test answers when it likes. */
export interface PendingRead {
  readonly workspaceId: string;
  readonly resolve: (configuration: WorkspaceConfiguration | undefined) => void;
  readonly reject: (error: unknown) => void;
}

export interface FakeStorage extends SnapshotSource {
  /** Every read so far, answered or not. */
  readonly reads: readonly PendingRead[];
  /** How many listen to revisions. */
  readonly listenerCount: () => number;
  /** Tells the listeners of a revision. */
  readonly announce: (workspaceId: string, revision: number) => void;
}

/** A storage whose reads are answered by the test. */
export function fakeStorage(): FakeStorage {
  const reads: PendingRead[] = [];
  const listeners = new Set<RevisionListener>();
  return {
    reads,
    listenerCount: () => listeners.size,
    announce: (workspaceId, revision) => {
      for (const listener of listeners) {
        listener({ workspaceId, revision });
      }
    },
    readConfiguration: (workspaceId) =>
      new Promise((resolve, reject) => {
        reads.push({ workspaceId, resolve, reject });
      }),
    watchRevisions: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
