import type { ChangeSet, ConfigurationWrite } from "./change-set.js";
import type { NameableThing, PreparedChanges } from "./change-plan.js";
import { checkChangeSet } from "./check-change-set.js";
import type { ThingName } from "./configured-row.js";
import { keyOf } from "./key-of.js";
import { planChanges } from "./plan-changes.js";
import { namedBy } from "./named-by.js";
import { thingId } from "./thing-id.js";

/**
 * The first half of {@link Storage.apply}, the same for every adapter: says what to read. The second half,
 * {@link PreparedChanges.plan}, says what to write. Both are pure, so the transaction around them may be synchronous
 * or not.
 *
 * @throws TypeError when the change set could not be carried out whatever is stored.
 */
export function prepareChanges(changes: ChangeSet): PreparedChanges {
  checkChangeSet(changes);
  return {
    things: thingsToRead(changes),
    nameable: changes.writes.flatMap(deletedNameable),
    plan: (stored) => planChanges(changes, stored),
  };
}

function thingsToRead(changes: ChangeSet): readonly ThingName[] {
  const things: readonly ThingName[] = [
    { kind: "workspace", key: changes.workspaceId },
    ...changes.writes.flatMap((write) => [
      { kind: write.kind, key: keyOf(write) },
      ...namedBy(write),
    ]),
  ];
  return [...new Map(things.map((thing) => [thingId(thing.kind, thing.key), thing])).values()];
}

function deletedNameable(write: ConfigurationWrite): readonly NameableThing[] {
  if (write.operation !== "delete" || (write.kind !== "policy" && write.kind !== "resource")) {
    return [];
  }
  return [{ kind: write.kind, key: write.key }];
}
