import type { Storage } from "@byot/storage";
import type { Schedule } from "../schedule.js";
import { createRevisionReader } from "./revision-reader.js";
import { defaultSnapshotLimits, type SnapshotLimits } from "./snapshot-limits.js";
import {
  createSnapshotMemory,
  type KeptSnapshots,
  type SnapshotMemory,
} from "./snapshot-memory.js";
import {
  configurationStale,
  revisionNotReached,
  revisionUnknown,
  type SnapshotResult,
} from "./snapshot-result.js";
import { within } from "./within.js";

/** Where the authorizer finds workspaces. */
export interface WorkspaceSnapshots {
  /**
   * The workspace as it is now.
   *
   * @param minRevision - Nothing older than this revision. @defaultValue whichever is current
   * @returns The snapshot, or why there is none. Rejects when the workspace cannot be read or compiled.
   */
  find(workspaceId: string, minRevision?: number): Promise<SnapshotResult>;
}

/** What {@link createWorkspaceSnapshots} needs of a storage. */
export type SnapshotSource = Pick<
  Storage,
  "readConfiguration" | "watchRevisions" | "revision" | "millisSinceConfirmed"
>;

/** What snapshots that follow a storage are put together from. */
export interface WorkspaceSnapshotsParts {
  /** A clock that only goes forward, in milliseconds. */
  readonly stopwatch: () => number;
  /** Lets time pass. */
  readonly schedule: Schedule;
  /** How much is kept, and for how long. @defaultValue those of {@link SnapshotLimits} */
  readonly limits?: Partial<SnapshotLimits>;
}

/** Snapshots that follow a storage, until they are closed. */
export interface FollowingSnapshots extends WorkspaceSnapshots {
  /** What is kept. */
  status(): SnapshotStatus;
  /** Stops following and forgets every snapshot: from then on each `find` reads the storage anew. */
  close(): void;
}

/** What is kept of workspaces, and how current it is. */
export interface SnapshotStatus extends KeptSnapshots {
  /** How long ago it was last certain that no change was missed, in milliseconds. */
  readonly millisSinceConfirmed: number;
}

/**
 * Keeps compiled snapshots of workspaces: each is loaded when it is first asked for, by one reader for all who wait,
 * and dropped when the storage tells of another revision. A check that begins after the storage has told of a change
 * waits for the new revision, and is never answered on the old one.
 *
 * @throws StorageError with code `CLOSED` when the storage is closed already.
 */
export function createWorkspaceSnapshots(
  source: SnapshotSource,
  parts: WorkspaceSnapshotsParts,
): FollowingSnapshots {
  const limits = { ...defaultSnapshotLimits, ...parts.limits };
  const memory = createSnapshotMemory(source, { stopwatch: parts.stopwatch, limits });
  const stop = source.watchRevisions((change) => memory.tell(change));
  const reach = createReach({ source, memory, schedule: parts.schedule, limits });
  return {
    find(workspaceId, minRevision) {
      // SECURITY: what was revoked elsewhere would stay allowed for as long as nobody can tell.
      if (source.millisSinceConfirmed() > limits.staleMillis) {
        return Promise.resolve(configurationStale);
      }
      const found = memory.find(workspaceId);
      return minRevision === undefined ? found : reach(found, workspaceId, minRevision);
    },
    status: () => ({ ...memory.size(), millisSinceConfirmed: source.millisSinceConfirmed() }),
    close() {
      stop();
      memory.close();
    },
  };
}

interface ReachParts {
  readonly source: SnapshotSource;
  readonly memory: SnapshotMemory;
  readonly schedule: Schedule;
  readonly limits: SnapshotLimits;
}

type Reach = (
  found: Promise<SnapshotResult>,
  workspaceId: string,
  minRevision: number,
) => Promise<SnapshotResult>;

/** Makes what answers nothing older than a revision. */
function createReach({ source, memory, schedule, limits }: ReachParts): Reach {
  const storedRevision = createRevisionReader(source);

  async function catchUp(workspaceId: string, minRevision: number): Promise<SnapshotResult> {
    const stored = await storedRevision(workspaceId, minRevision);
    if (stored !== undefined && stored < minRevision) {
      return revisionUnknown(workspaceId, minRevision);
    }
    memory.dropOlder(workspaceId, stored ?? Number.POSITIVE_INFINITY);
    return memory.find(workspaceId);
  }

  return async (found, workspaceId, minRevision) => {
    const first = await found;
    if (!first.ok || first.value.revision >= minRevision) {
      return first;
    }
    const work = catchUp(workspaceId, minRevision);
    const result = await within(work, limits.waitMillis, schedule);
    return result === undefined || (result.ok && result.value.revision < minRevision)
      ? revisionNotReached(workspaceId, minRevision)
      : result;
  };
}
