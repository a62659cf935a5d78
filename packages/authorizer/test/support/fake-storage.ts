import type { SnapshotSource } from "@byot/authorizer";
import type { RevisionListener, WorkspaceConfiguration } from "@byot/storage";

/** One read that a test answers when it likes. */
export interface PendingRead {
  readonly workspaceId: string;
  readonly resolve: (configuration: WorkspaceConfiguration | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** One read of a revision that a test answers when it likes. */
export interface PendingRevision {
  readonly workspaceId: string;
  readonly resolve: (revision: number | undefined) => void;
  readonly reject: (error: unknown) => void;
}

export interface FakeStorage extends SnapshotSource {
  /** Every read so far, answered or not. */
  readonly reads: readonly PendingRead[];
  /** Every read of a revision so far, answered or not. */
  readonly revisions: readonly PendingRevision[];
  /** Sets how long ago it was last certain that no change was missed. */
  readonly confirmedMillisAgo: (millis: number) => void;
  /** How many listen to revisions. */
  readonly listenerCount: () => number;
  /** Tells the listeners of a revision. */
  readonly announce: (workspaceId: string, revision: number) => void;
}

/** A storage whose reads are answered by the test. */
export function fakeStorage(): FakeStorage {
  const reads: PendingRead[] = [];
  const revisions: PendingRevision[] = [];
  let sinceConfirmed = 0;
  const listeners = new Set<RevisionListener>();
  return {
    reads,
    revisions,
    confirmedMillisAgo: (millis) => void (sinceConfirmed = millis),
    millisSinceConfirmed: () => sinceConfirmed,
    revision: (workspaceId) =>
      new Promise((resolve, reject) => {
        revisions.push({ workspaceId, resolve, reject });
      }),
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
