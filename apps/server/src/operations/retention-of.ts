import {
  defaultWorkspaceSettings,
  type ChangeRecord,
  type Storage,
  type WorkspaceRecord,
} from "@byot/storage";
import { everyPage } from "./every-page.js";

/** A deletion in the life of a workspace's id. */
interface Deletion {
  /** When it was. */
  readonly at: Date;
  /** For how many days the logs were kept until then. */
  readonly retentionDays: number;
}

const dayMillis = 86_400_000;
const { retentionDays: leastAfterDeletion } = defaultWorkspaceSettings;

/**
 * For how many days the logs under a workspace's id are kept: as long as the workspace wants, and what a predecessor
 * has left no shorter than it wanted, nor than 90 days. Logs are dropped from their start on, without a look at whose
 * they are, so all of them are kept that long until everything from before the deletion is gone.
 */
export async function retentionOf(
  storage: Pick<Storage, "workspaces" | "changeLog">,
  workspaceId: string,
  now: Date,
): Promise<number> {
  const workspace = await storage.workspaces.find(workspaceId);
  const deletions = await deletionsOf(storage, workspaceId);
  const ofPredecessors = deletions
    .map(({ at, retentionDays }) => ({ at, days: Math.max(retentionDays, leastAfterDeletion) }))
    .filter(({ at, days }) => at.getTime() + days * dayMillis > now.getTime())
    .map(({ days }) => days);
  return Math.max(ownRetention(workspace), ...ofPredecessors);
}

function ownRetention(workspace: WorkspaceRecord | undefined): number {
  return workspace?.settings.retentionDays ?? leastAfterDeletion;
}

async function deletionsOf(
  { changeLog }: Pick<Storage, "changeLog">,
  workspaceId: string,
): Promise<readonly Deletion[]> {
  const wanted = { kind: "workspace", key: workspaceId } as const;
  const deletions: Deletion[] = [];
  for await (const changes of everyPage((page) =>
    changeLog.list(workspaceId, { ...wanted, ...page }),
  )) {
    deletions.push(...changes.filter(({ operation }) => operation === "delete").map(deletionOf));
  }
  return deletions;
}

function deletionOf({ at, before }: ChangeRecord): Deletion {
  const days = own(own(before, "settings"), "retentionDays");
  return { at, retentionDays: typeof days === "number" ? days : leastAfterDeletion };
}

function own(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}
