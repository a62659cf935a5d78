import type { WorkspaceConfiguration } from "@byot/storage";
import { revisionUnknown, workspaceUnknown } from "./snapshot-result.js";
import { compileSnapshot } from "./workspace-snapshot.js";
import type { WorkspaceSnapshots } from "./workspace-snapshots.js";

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
  return {
    find(workspaceId, minRevision = 0) {
      const snapshot = snapshots.get(workspaceId);
      if (snapshot === undefined) {
        return Promise.resolve(workspaceUnknown(workspaceId));
      }
      return Promise.resolve(
        snapshot.revision < minRevision
          ? revisionUnknown(workspaceId, minRevision)
          : { ok: true, value: snapshot },
      );
    },
  };
}
