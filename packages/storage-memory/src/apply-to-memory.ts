import {
  prepareChanges,
  type ChangeSet,
  type ConfiguredKind,
  type ConfiguredRow,
  type NameableThing,
  type RevisionChange,
  type RowWrite,
  type StoredReference,
  type StoredThing,
  type ThingName,
} from "@byot/storage";
import type { MemoryChangeLog } from "./memory-change-log.js";
import {
  emptyMemoryWorkspace,
  emptyRows,
  type MemoryWorkspace,
  type MemoryWorkspaces,
  type WorkspaceRows,
} from "./memory-workspaces.js";

/** What a change set changes. */
export interface MemoryConfiguration {
  /** Everything configured. */
  readonly workspaces: MemoryWorkspaces;
  /** What was done to it. */
  readonly changeLog: MemoryChangeLog;
}

/** Carries a change set out, or throws before anything is changed. */
export function applyToMemory(
  { workspaces, changeLog }: MemoryConfiguration,
  changes: ChangeSet,
): RevisionChange {
  const ownChanges = structuredClone(changes);
  const prepared = prepareChanges(ownChanges);
  const workspace = workspaces.get(ownChanges.workspaceId) ?? emptyMemoryWorkspace();
  const plan = prepared.plan({
    lastRevision: workspace.revision,
    things: prepared.things.flatMap((thing) => storedThing(workspace.rows, thing)),
    references: prepared.nameable.flatMap((thing) => referencesTo(workspace.rows, thing)),
  });
  for (const write of plan.writes) {
    if (write.operation === "log") {
      changeLog.add(write.change);
    } else {
      carryOut(workspace, write);
    }
  }
  workspace.revision = plan.revision;
  workspaces.set(plan.workspaceId, workspace);
  return { workspaceId: plan.workspaceId, revision: plan.revision };
}

function storedThing(rows: WorkspaceRows, { kind, key }: ThingName): readonly StoredThing[] {
  const row = rows[kind].get(key);
  if (row === undefined) {
    return [];
  }
  const { version, createdAt, value } = row;
  return [{ kind, key, version, createdAt, value }];
}

function referencesTo(
  { permission }: WorkspaceRows,
  { kind, key }: NameableThing,
): readonly StoredReference[] {
  return [...permission.values()]
    .filter(({ value }) => value[kind] === key)
    .map((row) => ({ kind, key, permissionId: row.key }));
}

function carryOut(
  workspace: MemoryWorkspace,
  write: Exclude<RowWrite, { operation: "log" }>,
): void {
  switch (write.operation) {
    case "insert":
    case "update":
      putRow(workspace.rows, write.row);
      break;
    case "keepVersion":
      keepVersion(workspace.policyHistory, write.row);
      break;
    case "delete":
      workspace.rows[write.thing.kind].delete(write.thing.key);
      break;
    case "clear":
      workspace.rows = emptyRows();
      break;
  }
}

function putRow<Kind extends ConfiguredKind>(rows: WorkspaceRows, row: ConfiguredRow<Kind>): void {
  rows[row.kind].set(row.key, row);
}

function keepVersion(
  history: MemoryWorkspace["policyHistory"],
  row: ConfiguredRow<"policy">,
): void {
  history.set(row.key, [...(history.get(row.key) ?? []), row]);
}
