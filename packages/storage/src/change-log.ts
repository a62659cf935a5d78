import type { ConfiguredKind } from "./change-set.js";
import type { Page, PageRequest } from "./page.js";

/** Who makes a change. */
export interface ChangeActor {
  /** Whether somebody's API key made it, or the service itself. */
  readonly kind: "api_key" | "system";
  /** The public part of the API key, or which part of the service, such as `demo`. */
  readonly id: string;
}

/** Who makes a change, and by which request. */
export interface ChangeOrigin {
  /** Who makes it. */
  readonly by: ChangeActor;
  /** The request, as echoed in `X-Request-Id`; absent for the service's own changes. */
  readonly requestId?: string;
}

/** What the change log can tell about. */
export type ChangedKind = ConfiguredKind | "api_key";

/** One thing that was created, replaced or deleted. It never holds a secret, nor the hash of one. */
export interface ChangeRecord extends ChangeOrigin {
  /** Unique over all workspaces. */
  readonly changeId: string;
  /** The workspace that changed. */
  readonly workspaceId: string;
  /** Its revision from this change on; the changes of one change set share it, and an API key raises none. */
  readonly revision: number;
  /** When it was made, to the millisecond. */
  readonly at: Date;
  /** What kind of thing. */
  readonly kind: ChangedKind;
  /** Its key; an API key's public part. */
  readonly key: string;
  /** What was done; revoking an API key is a `replace`. */
  readonly operation: "create" | "replace" | "delete";
  /** What the caller had decided about it before; absent when it was created. */
  readonly before?: Readonly<Record<string, unknown>>;
  /** What the caller decided about it; absent when it was deleted. */
  readonly after?: Readonly<Record<string, unknown>>;
}

/** Which changes are wanted; an absent field matches everything. */
export interface ChangeQuery extends PageRequest {
  /** Only this kind of thing. */
  readonly kind?: ChangedKind;
  /** Only things of this key. */
  readonly key?: string;
  /** Only what was changed at this time or later, to the millisecond. */
  readonly from?: Date;
  /** Only what was changed before this time, to the millisecond. */
  readonly until?: Date;
}

/**
 * Who changed what. Written by {@link Storage.apply} and the API keys, in the transaction of the change itself: there
 * is no change without its record and no record without its change. It outlives its workspace.
 */
export interface ChangeLog {
  /**
   * The workspace's changes, the last one first; within one change set in the reverse order of its writes. Deleting a
   * workspace is one record, whatever it held.
   */
  list(workspaceId: string, query: ChangeQuery): Promise<Page<ChangeRecord>>;
}
