import type { WorkspacePath } from "@byot/api-contract";
import { type ConfigurationWrite, StorageError, type WorkspaceConfiguration } from "@byot/storage";
import { type Caller, changeOrigin } from "./change-origin.js";
import { unknownWorkspace } from "./existing-workspace.js";
import { done, type Outcome, refused } from "./outcome.js";
import { exceededQuota } from "./quotas.js";
import type { Services } from "./services.js";

/** What a planned change will have written, once it is. */
export interface Written {
  /** The version of everything written: the workspace's new revision, or the one that it keeps. */
  readonly version: number;
  /** When it was written. */
  readonly at: Date;
}

/** A change that was checked against one revision of a workspace. */
export interface PlannedChange<Value> {
  /** What to write; when there is nothing, the workspace keeps its revision. */
  readonly writes: readonly ConfigurationWrite[];
  /** What to answer once it is written. */
  readonly describe: (written: Written) => Value;
}

/** Plans a change, or says why it cannot be made. Pure: it may be called again on a newer configuration. */
export type ChangePlanner<Value> = (
  configuration: WorkspaceConfiguration,
) => Outcome<PlannedChange<Value>>;

/** Who changes which workspace. */
export interface ChangeRequest extends Caller {
  /** Names the workspace. */
  readonly path: WorkspacePath;
}

const attempts = 3;

/**
 * Changes a workspace: plans on one revision and writes only if the workspace is still at that revision, so that
 * whatever the plan was checked against is still true. When another change came first, it plans again.
 */
export async function changeWorkspace<Value>(
  services: Pick<Services, "storage" | "clock">,
  request: ChangeRequest,
  plan: ChangePlanner<Value>,
): Promise<Outcome<Value>> {
  const change = async (attemptsLeft: number): Promise<Outcome<Value>> => {
    if (attemptsLeft === 0) {
      const detail = "other changes to the workspace came first";
      return refused({ code: "configuration_changed", detail });
    }
    return (await tryChange(services, request, plan)) ?? change(attemptsLeft - 1);
  };
  return change(attempts);
}

/** Resolves to `undefined` when another change came first. */
async function tryChange<Value>(
  { storage, clock }: Pick<Services, "storage" | "clock">,
  request: ChangeRequest,
  plan: ChangePlanner<Value>,
): Promise<Outcome<Value> | undefined> {
  const workspaceId = request.path.workspace;
  const configuration = await storage.readConfiguration(workspaceId);
  if (configuration === undefined) {
    return refused(unknownWorkspace(workspaceId));
  }
  const planned = plan(configuration);
  if (!planned.ok) {
    return planned;
  }
  const { writes, describe } = planned.value;
  const exceeded = exceededQuota(configuration, writes);
  if (exceeded !== undefined) {
    return refused(exceeded);
  }
  const at = clock();
  const expectedRevision = configuration.revision;
  if (writes.length === 0) {
    return done(describe({ version: expectedRevision, at }));
  }
  const version = await unlessOvertaken(
    storage.apply({ ...changeOrigin(request), workspaceId, at, writes, expectedRevision }),
  );
  return version === undefined ? undefined : done(describe({ version, at }));
}

async function unlessOvertaken(revision: Promise<number>): Promise<number | undefined> {
  try {
    return await revision;
  } catch (error) {
    if (error instanceof StorageError && error.code === "VERSION_CONFLICT") {
      return undefined;
    }
    throw error;
  }
}
