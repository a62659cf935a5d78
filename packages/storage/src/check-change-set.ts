import type { ChangeSet, ConfigurationWrite } from "./change-set.js";
import { keyOf } from "./key-of.js";
import { thingId } from "./thing-id.js";

/**
 * Refuses a change set that could not be carried out whatever is stored.
 *
 * @throws TypeError, because only a mistake in the calling code makes one.
 */
export function checkChangeSet(changes: ChangeSet): void {
  if (changes.writes.length === 0) {
    throw new TypeError("a change set needs at least one write");
  }
  if (Number.isNaN(changes.at.getTime())) {
    throw new TypeError("the time of a change set is not a valid date");
  }
  if (changes.by.id === "") {
    throw new TypeError("a change set does not say who makes it");
  }
  checkEachOnce(changes.writes);
  for (const write of changes.writes) {
    checkWorkspaceWrite(changes, write);
  }
}

function checkEachOnce(writes: readonly ConfigurationWrite[]): void {
  const seen = new Set<string>();
  for (const write of writes) {
    const id = thingId(write.kind, keyOf(write));
    if (seen.has(id)) {
      throw new TypeError(`a change set writes ${write.kind} \`${keyOf(write)}\` twice`);
    }
    seen.add(id);
  }
}

function checkWorkspaceWrite(changes: ChangeSet, write: ConfigurationWrite): void {
  if (write.kind !== "workspace") {
    return;
  }
  if (keyOf(write) !== changes.workspaceId) {
    throw new TypeError(
      `a change set for workspace \`${changes.workspaceId}\` writes workspace \`${keyOf(write)}\``,
    );
  }
  if (write.operation === "delete" && changes.writes.length > 1) {
    throw new TypeError("a change set that deletes its workspace cannot write anything else");
  }
}
