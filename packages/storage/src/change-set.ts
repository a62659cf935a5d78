import type { ChangeOrigin } from "./change-log.js";
import type { PermissionInput } from "./permission-store.js";
import type { PolicyInput } from "./policy-store.js";
import type { ProviderInput } from "./provider-store.js";
import type { ResourceInput } from "./resource-store.js";
import type { WorkspaceInput } from "./workspace-store.js";

/** What can be configured, by kind, and what a caller decides about each. */
export interface ConfiguredInputs {
  /** The workspace itself; key: its id. */
  readonly workspace: WorkspaceInput;
  /** An external auth provider; key: its id. */
  readonly provider: ProviderInput;
  /** A policy; key: its document's name. */
  readonly policy: PolicyInput;
  /** A resource; key: its name. */
  readonly resource: ResourceInput;
  /** A permission; key: its id. */
  readonly permission: PermissionInput;
}

/** The name of one kind of configured thing. */
export type ConfiguredKind = keyof ConfiguredInputs;

/** Creates a thing or replaces it whole. */
export type PutWrite = {
  readonly [Kind in ConfiguredKind]: {
    /** Create or replace. */
    readonly operation: "put";
    /** What it is. */
    readonly kind: Kind;
    /** The new value, complete. */
    readonly value: ConfiguredInputs[Kind];
    /**
     * The stored version this write replaces, or `null` when nothing may be stored under the key yet.
     */
    readonly expectedVersion: number | null;
  };
}[ConfiguredKind];

/** Deletes a thing. */
export interface DeleteWrite {
  /** Delete. */
  readonly operation: "delete";
  /** What it is. */
  readonly kind: ConfiguredKind;
  /** Its key. */
  readonly key: string;
  /** The stored version this write deletes. */
  readonly expectedVersion: number;
}

/** One planned write: pure data, so that a transaction needs no waiting inside. */
export type ConfigurationWrite = PutWrite | DeleteWrite;

/** Writes to one workspace that succeed together or not at all. Breaking one of the rules below is a `TypeError`. */
export interface ChangeSet extends ChangeOrigin {
  /** The workspace to change; a `put` of kind `workspace` must carry the same id. */
  readonly workspaceId: string;
  /** The time to write as `updatedAt`, and as `createdAt` of what is new; a valid date. */
  readonly at: Date;
  /** At least one write, at most one for each thing; deleting the workspace stands alone. */
  readonly writes: readonly ConfigurationWrite[];
  /**
   * The revision the caller has checked this change against. When given, the change is refused if the workspace
   * has moved on since.
   */
  readonly expectedRevision?: number;
}
