import type { ChangeRecord } from "./change-log.js";
import type { ChangeSet, ConfigurationWrite, DeleteWrite, PutWrite } from "./change-set.js";
import type { ChangePlan, RowWrite, StoredState, StoredThing } from "./change-plan.js";
import type { ConfiguredRow } from "./configured-row.js";
import { describeChange } from "./describe-change.js";
import { keyOf } from "./key-of.js";
import { namedBy } from "./named-by.js";
import { StorageError } from "./storage-error.js";
import { thingId } from "./thing-id.js";

/** A change set beside what is stored, both by thing. */
interface Judgement {
  readonly changes: ChangeSet;
  readonly stored: StoredState;
  readonly writes: ReadonlyMap<string, ConfigurationWrite>;
  readonly things: ReadonlyMap<string, StoredThing>;
}

/** Judges a change set by what is stored, and says what to write. */
export function planChanges(changes: ChangeSet, stored: StoredState): ChangePlan {
  const judgement: Judgement = {
    changes,
    stored,
    writes: new Map(changes.writes.map((write) => [thingId(write.kind, keyOf(write)), write])),
    things: new Map(stored.things.map((thing) => [thingId(thing.kind, thing.key), thing])),
  };
  checkWorkspace(judgement);
  for (const write of changes.writes) {
    checkVersion(write, storedUnder(judgement, write));
  }
  checkNamesExist(judgement);
  checkNothingIsLeftNamed(judgement);
  const revision = stored.lastRevision + 1;
  return {
    workspaceId: changes.workspaceId,
    revision,
    writes: changes.writes.flatMap((write) => rowWrites(judgement, write, revision)),
  };
}

function storedUnder({ things }: Judgement, write: ConfigurationWrite): StoredThing | undefined {
  return things.get(thingId(write.kind, keyOf(write)));
}

function checkWorkspace({ changes, stored, writes, things }: Judgement): void {
  const id = thingId("workspace", changes.workspaceId);
  const exists = things.has(id);
  if (!exists && writes.get(id)?.operation !== "put") {
    throw new StorageError("NOT_FOUND", `there is no workspace \`${changes.workspaceId}\``);
  }
  const revision = exists ? stored.lastRevision : undefined;
  if (changes.expectedRevision !== undefined && changes.expectedRevision !== revision) {
    throw new StorageError(
      "VERSION_CONFLICT",
      `workspace \`${changes.workspaceId}\` is at revision ${revision ?? "none"}, not ${changes.expectedRevision}`,
    );
  }
}

function checkVersion(write: ConfigurationWrite, stored: StoredThing | undefined): void {
  const name = `${write.kind} \`${keyOf(write)}\``;
  if (write.expectedVersion === null) {
    if (stored !== undefined) {
      throw new StorageError("ALREADY_EXISTS", `there is already a ${name}`);
    }
    return;
  }
  if (stored === undefined) {
    throw new StorageError("NOT_FOUND", `there is no ${name}`);
  }
  if (stored.version !== write.expectedVersion) {
    throw new StorageError(
      "VERSION_CONFLICT",
      `${name} is at version ${stored.version}, not ${write.expectedVersion}`,
    );
  }
}

function checkNamesExist({ changes, writes, things }: Judgement): void {
  for (const write of changes.writes) {
    for (const { kind, key } of namedBy(write)) {
      const id = thingId(kind, key);
      const written = writes.get(id);
      if (written === undefined ? !things.has(id) : written.operation === "delete") {
        throw new StorageError(
          "NOT_FOUND",
          `permission \`${keyOf(write)}\` names ${kind} \`${key}\`, which does not exist`,
        );
      }
    }
  }
}

function checkNothingIsLeftNamed({ stored, writes }: Judgement): void {
  // A permission of this change set is judged by what it will name, not by what it named.
  const left = stored.references.find(
    ({ permissionId }) => !writes.has(thingId("permission", permissionId)),
  );
  if (left !== undefined) {
    throw new StorageError(
      "REFERENCED",
      `permission \`${left.permissionId}\` still names ${left.kind} \`${left.key}\``,
    );
  }
}

function rowWrites(
  judgement: Judgement,
  write: ConfigurationWrite,
  revision: number,
): readonly RowWrite[] {
  const { workspaceId, at } = judgement.changes;
  const stored = storedUnder(judgement, write);
  const rows =
    write.operation === "delete"
      ? [deletion(write)]
      : putWrites(write, stored, { workspaceId, version: revision, updatedAt: at });
  return [...rows, { operation: "log", change: changeOf(judgement, write, revision) }];
}

function changeOf(
  { changes, things }: Judgement,
  write: ConfigurationWrite,
  revision: number,
): Omit<ChangeRecord, "changeId"> {
  const { workspaceId, at } = changes;
  const before = things.get(thingId(write.kind, keyOf(write)))?.value;
  return describeChange({
    workspaceId,
    revision,
    at,
    origin: changes,
    kind: write.kind,
    key: keyOf(write),
    before: before && { ...before },
    after: write.operation === "delete" ? undefined : { ...write.value },
  });
}

function deletion({ kind, key }: DeleteWrite): RowWrite {
  return kind === "workspace"
    ? { operation: "clear" }
    : { operation: "delete", thing: { kind, key } };
}

function putWrites(
  write: PutWrite,
  stored: StoredThing | undefined,
  stamp: Pick<ConfiguredRow, "workspaceId" | "version" | "updatedAt">,
): readonly RowWrite[] {
  const common = { ...stamp, key: keyOf(write), createdAt: stored?.createdAt ?? stamp.updatedAt };
  const put: RowWrite = {
    operation: stored === undefined ? "insert" : "update",
    row: { ...common, kind: write.kind, value: write.value },
  };
  return write.kind === "policy"
    ? [put, { operation: "keepVersion", row: { ...common, kind: write.kind, value: write.value } }]
    : [put];
}
