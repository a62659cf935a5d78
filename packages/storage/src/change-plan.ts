import type { ChangeRecord } from "./change-log.js";
import type { ConfiguredInputs } from "./change-set.js";
import type { ConfiguredRow, ThingName } from "./configured-row.js";

/** What is stored about a thing, as far as a change set can depend on it. */
export interface StoredThing extends ThingName {
  /** Its stored version. */
  readonly version: number;
  /** When it was first written. */
  readonly createdAt: Date;
  /** What the caller decided about it. */
  readonly value: ConfiguredInputs[ThingName["kind"]];
}

/** A policy or a resource, as something a permission can name. */
export interface NameableThing extends ThingName {
  /** Permissions name nothing else. */
  readonly kind: "policy" | "resource";
}

/** A stored permission that names a policy or a resource. */
export interface StoredReference extends NameableThing {
  /** The id of the permission. */
  readonly permissionId: string;
}

/** What an adapter has read for {@link PreparedChanges.plan}, in the transaction that will write. */
export interface StoredState {
  /** The highest revision a workspace of this id ever had, deleted ones included; 0 when there never was one. */
  readonly lastRevision: number;
  /** Those of {@link PreparedChanges.things} that are stored, in any order. */
  readonly things: readonly StoredThing[];
  /** The stored permissions that name one of {@link PreparedChanges.nameable}, in any order. */
  readonly references: readonly StoredReference[];
}

/** One write to the tables of an adapter. */
export type RowWrite =
  /** Adds or replaces the row of a thing. An updated row keeps its place in the order of creation. */
  | { readonly operation: "insert" | "update"; readonly row: ConfiguredRow }
  /** Adds a version to a policy's history, which nothing ever removes. */
  | { readonly operation: "keepVersion"; readonly row: ConfiguredRow<"policy"> }
  /** Removes the row of a thing. */
  | { readonly operation: "delete"; readonly thing: ThingName }
  /** Adds a record to the change log, which nothing here ever removes. The adapter gives it an id. */
  | { readonly operation: "log"; readonly change: Omit<ChangeRecord, "changeId"> }
  /** Removes everything of the workspace, its API keys too, but its revision, its policies' history and its logs. */
  | { readonly operation: "clear" };

/** What an adapter has to write for a change set, all of it or nothing. */
export interface ChangePlan {
  /** The workspace to change. */
  readonly workspaceId: string;
  /** Its new revision. */
  readonly revision: number;
  /** The writes, in this order. */
  readonly writes: readonly RowWrite[];
}

/** A well-formed change set, and what has to be known to judge it. */
export interface PreparedChanges {
  /** The things whose stored version, or absence, decides; each once. */
  readonly things: readonly ThingName[];
  /** The policies and resources to be deleted: which permissions name them decides. */
  readonly nameable: readonly NameableThing[];
  /**
   * Judges the change set by what is stored.
   *
   * @throws StorageError with the codes of {@link Storage.apply}.
   */
  plan(stored: StoredState): ChangePlan;
}
