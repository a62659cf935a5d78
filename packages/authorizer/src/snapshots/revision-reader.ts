import type { Storage } from "@byot/storage";

/**
 * Reads the stored revision of a workspace.
 *
 * @param wanted - The revision that is hoped for: an answer below it is as of the time of the call, or later.
 * @returns The revision; `undefined` when there is no such workspace.
 */
export type RevisionReader = (workspaceId: string, wanted: number) => Promise<number | undefined>;

/** Makes a reader that asks once for all who wait. */
export function createRevisionReader(source: Pick<Storage, "revision">): RevisionReader {
  const reading = new Map<string, Promise<number | undefined>>();

  function join(workspaceId: string): Promise<number | undefined> {
    const known = reading.get(workspaceId);
    if (known !== undefined) {
      return known;
    }
    const started = source.revision(workspaceId).finally(() => reading.delete(workspaceId));
    reading.set(workspaceId, started);
    return started;
  }

  return async (workspaceId, wanted) => {
    const earlier = reading.get(workspaceId);
    const revision = await earlier;
    // What was asked before this call may be older than the write that the caller knows of.
    return revision !== undefined && revision >= wanted ? revision : join(workspaceId);
  };
}
