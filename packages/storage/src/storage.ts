import type { ApiKeyStore } from "./api-key-store.js";
import type { ChangeLog } from "./change-log.js";
import type { ChangeSet } from "./change-set.js";
import type { DecisionLog } from "./decision-log.js";
import type { PermissionStore } from "./permission-store.js";
import type { PolicyStore } from "./policy-store.js";
import type { ProviderStore } from "./provider-store.js";
import type { ResourceStore } from "./resource-store.js";
import type { SecretStore } from "./secret-store.js";
import type { WorkspaceConfiguration } from "./workspace-configuration.js";
import type { WorkspaceStore } from "./workspace-store.js";

/** Tells that a workspace has a new revision. */
export interface RevisionChange {
  /** The workspace that changed. */
  readonly workspaceId: string;
  /** Its revision now. */
  readonly revision: number;
}

/** Is told of every new revision. Must not throw. */
export type RevisionListener = (change: RevisionChange) => void;

/**
 * Everything byot keeps. Every promise rejects only with a `StorageError`, or with a `TypeError` when the call itself
 * is malformed, which is a mistake in the calling code. After {@link Storage.close} everything fails with code
 * `CLOSED`, but `close` itself and `isReady`. Records that come out are copies, and so is what goes in: changing one
 * changes nothing stored.
 */
export interface Storage {
  /** Workspaces. */
  readonly workspaces: WorkspaceStore;
  /** External auth providers. */
  readonly providers: ProviderStore;
  /** Policies and their versions. */
  readonly policies: PolicyStore;
  /** Resources. */
  readonly resources: ResourceStore;
  /** Permissions. */
  readonly permissions: PermissionStore;
  /** API keys. */
  readonly apiKeys: ApiKeyStore;
  /** Who changed what. */
  readonly changeLog: ChangeLog;
  /** Decisions and refused tokens. */
  readonly decisionLog: DecisionLog;
  /** The service's own secrets. */
  readonly secrets: SecretStore;

  /**
   * Makes all writes of a change set, or none, records them in the change log, and raises the workspace's revision by
   * one; every thing written gets that revision as its version. The writes are judged together: a permission may name
   * a policy of the same set.
   *
   * Creating a workspace is a `put` of kind `workspace` with `expectedVersion: null`; its revision starts at 1, or
   * goes on from the last one when a workspace of that id was deleted. Deleting a workspace deletes everything in
   * it, its API keys too, but its logs and the past versions of its policies.
   *
   * @returns The new revision.
   * @throws StorageError with code
   * `ALREADY_EXISTS` when `expectedVersion` is `null` and the key is taken;
   * `VERSION_CONFLICT` when the stored version is not `expectedVersion`, or the revision not `expectedRevision`;
   * `NOT_FOUND` when the workspace or the thing to replace or delete does not exist, or when a permission would
   * name a policy or a resource (other than `*`) that does not exist;
   * `REFERENCED` when a permission that is not in the set still names a policy or a resource that the set deletes.
   * @throws TypeError when the set breaks a rule of {@link ChangeSet}.
   */
  apply(changes: ChangeSet): Promise<number>;

  /** Resolves to `undefined` when the workspace does not exist. */
  revision(workspaceId: string): Promise<number | undefined>;

  /**
   * Reads a workspace whole, at one revision: never a mixture of two.
   * Resolves to `undefined` when the workspace does not exist.
   */
  readConfiguration(workspaceId: string): Promise<WorkspaceConfiguration | undefined>;

  /**
   * Calls the listener after each change of any workspace, its deletion too, once the change can be read.
   *
   * @returns Stops the calls.
   * @throws StorageError with code `CLOSED`, at once, after {@link Storage.close}.
   */
  watchRevisions(listener: RevisionListener): () => void;

  /**
   * How long ago it was last certain that listeners had been told of every change, whoever made it; in milliseconds.
   * 0 where nobody else can write. Grows while what is stored cannot be reached.
   */
  millisSinceConfirmed(): number;

  /** Resolves to `true` when reading and writing are possible now, to `false` after `close`; never rejects. */
  isReady(): Promise<boolean>;

  /** Ends all work and lets go of files and connections. Closing twice is fine. */
  close(): Promise<void>;
}
