import type { Page, PageRequest } from "./page.js";
import type { Stored } from "./stored.js";
import type { WorkspaceSettings } from "./workspace-settings.js";

/** What a caller decides about a workspace. */
export interface WorkspaceInput {
  /** Its key, `[a-z][a-z0-9_-]{0,62}`. */
  readonly id: string;
  /** A name for people. */
  readonly name: string;
  /** Its settings, complete. */
  readonly settings: WorkspaceSettings;
}

/** A tenant. Everything else belongs to exactly one, and nothing crosses. */
export interface WorkspaceRecord extends WorkspaceInput, Stored {}

/** Where workspaces are read. They are written by {@link Storage.apply}. */
export interface WorkspaceStore {
  /** Resolves to `undefined` when there is no workspace of that id. */
  find(workspaceId: string): Promise<WorkspaceRecord | undefined>;

  /** All workspaces, ordered by id. */
  list(page: PageRequest): Promise<Page<WorkspaceRecord>>;
}
