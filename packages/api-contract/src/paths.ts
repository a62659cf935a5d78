import { z } from "zod";

/** A path below a workspace. */
export interface WorkspacePath {
  /** The workspace's id. An ill-formed one is as unknown as any other. */
  readonly workspace: string;
}

/** The path of one item below a workspace. */
export interface ItemPath extends WorkspacePath {
  /** The item's key. */
  readonly key: string;
}

/** Reads {@link WorkspacePath}. */
export const workspacePathSchema: z.ZodType<WorkspacePath> = z.strictObject({
  workspace: z.string(),
});

/** The properties of {@link ItemPath}. */
export const itemPathShape: {
  readonly workspace: z.ZodType<string>;
  readonly key: z.ZodType<string>;
} = { workspace: z.string(), key: z.string() };

/** Reads {@link ItemPath}. */
export const itemPathSchema: z.ZodType<ItemPath> = z.strictObject(itemPathShape);

/** The workspaces' path. */
export const workspacesPath = "/v1/workspaces";
/** One workspace's path. */
export const workspacePath: string = `${workspacesPath}/:workspace`;
