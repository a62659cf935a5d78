import type { ChangeOrigin } from "./change-log.js";
import type { Page, PageRequest } from "./page.js";

/** The credential of an administrator or an application. The secret itself is never stored. */
export interface ApiKeyRecord {
  /** The public part of the key, unique over all workspaces. */
  readonly id: string;
  /** SHA-256 of the whole key, in lower-case hexadecimal. */
  readonly secretHash: string;
  /** A name for people. */
  readonly name: string;
  /** What it may do. */
  readonly scopes: readonly string[];
  /** The only workspace it opens; absent for a key that opens all. */
  readonly workspaceId?: string;
  /** When it was made. */
  readonly createdAt: Date;
  /** From when on it is refused; absent for a key without an end. */
  readonly expiresAt?: Date;
  /** When it was revoked; absent while it is good. */
  readonly revokedAt?: Date;
}

/**
 * Where API keys live. They are credentials, not configuration: writing one raises no revision. What is done to a key
 * that is bound to a workspace stands in the change log of that workspace.
 */
export interface ApiKeyStore {
  /** Resolves to `undefined` when there is no key of that id; a revoked key is still found. */
  find(id: string): Promise<ApiKeyRecord | undefined>;

  /**
   * Keys ordered by id: those of one workspace, or all of them when `workspaceId` is `undefined`.
   * Revoked ones are listed too.
   */
  list(workspaceId: string | undefined, page: PageRequest): Promise<Page<ApiKeyRecord>>;

  /**
   * Writes a new key.
   *
   * @throws StorageError with code `ALREADY_EXISTS` when the id is taken, or `NOT_FOUND` when the workspace it is bound
   * to does not exist.
   */
  create(record: ApiKeyRecord, origin: ChangeOrigin): Promise<void>;

  /**
   * Marks a key as revoked from `at` on; a key that is already revoked keeps its first time, and nothing is
   * recorded.
   *
   * @throws StorageError with code `NOT_FOUND` when there is no key of that id.
   */
  revoke(id: string, at: Date, origin: ChangeOrigin): Promise<void>;
}
