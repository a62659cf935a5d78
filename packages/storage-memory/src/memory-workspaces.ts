import type { ConfiguredKind, ConfiguredRow } from "@byot/storage";

/** The rows of a workspace by kind, and by key in the order of their creation. */
export type WorkspaceRows = {
  readonly [Kind in ConfiguredKind]: Map<string, ConfiguredRow<Kind>>;
};

/** What is kept of one workspace; it outlives the workspace's deletion. */
export interface MemoryWorkspace {
  /** The highest revision it ever had. */
  revision: number;
  /** What is configured in it; the workspace exists while it has a row of its own here. */
  rows: WorkspaceRows;
  /** Every version of every policy by name, oldest first. */
  readonly policyHistory: Map<string, ConfiguredRow<"policy">[]>;
}

/** Everything configured, by the id of its workspace. */
export type MemoryWorkspaces = Map<string, MemoryWorkspace>;

/** A workspace that never was. */
export function emptyMemoryWorkspace(): MemoryWorkspace {
  return { revision: 0, rows: emptyRows(), policyHistory: new Map() };
}

/** No rows of any kind. */
export function emptyRows(): WorkspaceRows {
  return {
    workspace: new Map(),
    provider: new Map(),
    policy: new Map(),
    resource: new Map(),
    permission: new Map(),
  };
}
