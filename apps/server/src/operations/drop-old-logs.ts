import type { DropCount, Storage } from "@byot/storage";
import { everyPage } from "./every-page.js";
import { retentionOf } from "./retention-of.js";

/** What old logs are dropped with. */
export interface DropOldLogsParts {
  /** Where the logs are, and the settings of their workspaces, those that were deleted too. */
  readonly storage: Pick<Storage, "workspaces" | "changeLog" | "decisionLog">;
  /** The time of day. */
  readonly clock: () => Date;
  /** Whether to end before the next workspace. */
  readonly isStopped: () => boolean;
  /** Is told of each workspace that something was dropped of. */
  readonly onDropped: (workspaceId: string, count: DropCount) => void;
  /** Is told of each workspace whose logs could not be dropped; the next one is tried all the same. */
  readonly onFailed: (workspaceId: string, error: unknown) => void;
}

const dayMillis = 86_400_000;

/**
 * Drops what is in the logs longer than {@link retentionOf} says. One workspace after the other, so that it never takes
 * more than one connection from the checks. Rejects when the list of workspaces cannot be read.
 */
export async function dropOldLogs(parts: DropOldLogsParts): Promise<void> {
  const { decisionLog } = parts.storage;
  for await (const ids of everyPage((request) => decisionLog.listWorkspaces(request))) {
    for (const id of ids) {
      if (parts.isStopped()) {
        return;
      }
      // oxlint-disable-next-line no-await-in-loop -- one workspace after the other
      await dropOldLogsOf(parts, id);
    }
  }
}

async function dropOldLogsOf(parts: DropOldLogsParts, workspaceId: string): Promise<void> {
  try {
    const now = parts.clock();
    const retentionDays = await retentionOf(parts.storage, workspaceId, now);
    const before = new Date(now.getTime() - retentionDays * dayMillis);
    const count = await parts.storage.decisionLog.dropBefore(workspaceId, before);
    if (count.segments + count.refusals > 0) {
      parts.onDropped(workspaceId, count);
    }
  } catch (error) {
    // The storage of a service that ends is closed while parts of it are still dropped.
    if (!parts.isStopped()) {
      parts.onFailed(workspaceId, error);
    }
  }
}
